export type KeyScope = 'read' | 'write' | 'admin'

/** Who asks. `until`: when the session or key ends by itself, ms. */
export type Actor =
  | { kind: 'member'; userId: string; sessionId?: string; until?: number }
  | { kind: 'key'; keyId: string; workspaceId: string; userId: string; scope: KeyScope; until?: number }
  | { kind: 'system' }
  | { kind: 'nobody' }

export const nobody: Actor = { kind: 'nobody' }
export const system: Actor = { kind: 'system' }
