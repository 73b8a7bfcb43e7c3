export type KeyScope = 'read' | 'write' | 'admin'

/** Who asks. */
export type Actor =
  | { kind: 'member'; userId: string; sessionId?: string }
  | { kind: 'key'; keyId: string; workspaceId: string; userId: string; scope: KeyScope }
  | { kind: 'share'; shareId: string; workspaceId: string }
  | { kind: 'system' }
  | { kind: 'nobody' }

export const nobody: Actor = { kind: 'nobody' }
export const system: Actor = { kind: 'system' }
