import type { Ctx } from '../../context.ts'
import { announceEnded, requireWorkspace } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { lockMembers } from './lock-members.ts'

/** Takes a person out of a workspace, his keys with him; anybody may leave. */
export async function removeMember(ctx: Ctx, { workspace, userId }: { workspace: string; userId: string }) {
  const leaves = ctx.actor.kind === 'member' && ctx.actor.userId === userId
  const action = leaves ? 'members.leave' : 'members.edit'
  const { workspaceId } = await requireWorkspace(ctx, workspace, action)
  await ctx.db.inWorkspace(workspaceId, async tx => {
    const members = await lockMembers(ctx, tx, workspaceId)
    members.demand(action)
    const role = members.roleOf(userId)
    if (role === 'owner') {
      members.demand('members.own')
      members.keepAnOwner(userId)
    }
    await tx.prisma.member.delete({ where: { workspaceId_userId: { workspaceId, userId } } })
    await append(ctx, tx, { workspaceId, action: 'member.remove', target: userId, before: { role } })
  })
  announceEnded({ kind: 'member', workspaceId, userId })
}
