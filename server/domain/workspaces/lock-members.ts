import type { Ctx } from '../../context.ts'
import { conflict, notFound } from '../../errors.ts'
import type { Tx } from '../../store/postgres.ts'
import { type Action, demand, type Role } from '../access/index.ts'

export interface MembersLocked {
  workspaceId: string
  roleOf(userId: string): Role
  /** Refuses a change that would leave the workspace without an owner. */
  keepAnOwner(withoutUserId: string): void
  demand(action: Action): void
}

/**
 * Holds the workspace's row until the commit, so that changes of members follow one another, and asks the rule again:
 * two owners who remove each other, or an admin removed a moment ago, see each other's work.
 */
export async function lockMembers(ctx: Ctx, tx: Tx, workspaceId: string): Promise<MembersLocked> {
  await tx.sql.query('SELECT 1 FROM workspace WHERE workspace_id = $1 FOR UPDATE', [workspaceId])
  const members = await tx.prisma.member.findMany({ where: { workspaceId } })
  const find = (userId: string) => members.find(member => member.userId === userId)
  const { actor } = ctx
  const role = actor.kind === 'member' || actor.kind === 'key' ? (find(actor.userId)?.role ?? null) : null
  return {
    workspaceId,
    roleOf(userId) {
      const member = find(userId)
      if (!member) throw notFound('member')
      return member.role
    },
    keepAnOwner(withoutUserId) {
      const stays = members.some(member => member.role === 'owner' && member.userId !== withoutUserId)
      if (!stays) throw conflict('A workspace keeps at least one owner')
    },
    demand(action) {
      if (role === null && actor.kind !== 'system') throw notFound('workspace')
      demand(ctx, action, { workspaceId, role })
    },
  }
}
