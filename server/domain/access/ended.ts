import type { Actor } from '../../actor.ts'
import { bus } from '../../store/bus.ts'

/** What ended, or lost rights: a session, a person's sessions, a key, a place in a workspace, or a person altogether. */
export type Ended =
  | { kind: 'session'; sessionId: string }
  | { kind: 'key'; keyId: string }
  | { kind: 'member'; workspaceId: string; userId: string }
  | { kind: 'sessions'; userId: string; except?: string | undefined }
  | { kind: 'user'; userId: string }

const topic = 'access.ended'

/** Tells every node, after the commit: doors drop caches and close sockets. */
export const announceEnded = (ended: Ended) => bus().publish(topic, ended)

export const onEnded = (listener: (ended: Ended) => void) => bus().subscribe(topic, listener)

/** Whether this actor is among those that `ended` names. `except` spares one session. */
export function concerns(ended: Ended, actor: Actor): boolean {
  if (actor.kind !== 'member' && actor.kind !== 'key') return false
  switch (ended.kind) {
    case 'session':
      return actor.kind === 'member' && actor.sessionId === ended.sessionId
    case 'key':
      return actor.kind === 'key' && actor.keyId === ended.keyId
    case 'member':
      return actor.userId === ended.userId && (actor.kind === 'member' || actor.workspaceId === ended.workspaceId)
    case 'sessions':
      return actor.kind === 'member' && actor.userId === ended.userId && actor.sessionId !== ended.except
    case 'user':
      return actor.userId === ended.userId
  }
}
