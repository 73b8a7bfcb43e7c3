import type { Actor } from '../../actor.ts'
import { type Action, type Role, reaches, roles, rule, scopes } from './policy.ts'

/** What is acted upon, and the asker's place in its workspace as it was read together with it. */
export interface Resource {
  workspaceId: string
  /** The role of the person who asks, or whose key asks; null: none. */
  role: Role | null
  createdById?: string | null
}

/** The one rule. `resource` is absent for what belongs to no workspace. */
export function can(actor: Actor, action: Action, resource?: Resource): boolean {
  if (actor.kind === 'system') return true
  if (actor.kind !== 'member' && actor.kind !== 'key') return false

  const { role, own, key } = rule(action)
  if (actor.kind === 'key') {
    if (key === 'never' || !reaches(scopes, actor.scope, key)) return false
    if (resource && resource.workspaceId !== actor.workspaceId) return false
  }
  if (role === 'signed-in') return actor.kind === 'member'
  if (!resource?.role) return false

  if (reaches(roles, resource.role, role)) return true
  return own !== undefined && resource.createdById === actor.userId && reaches(roles, resource.role, own)
}
