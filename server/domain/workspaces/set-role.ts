import type { Ctx } from '../../context.ts'
import { announceEnded, type Role, requireWorkspace } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { lockMembers } from './lock-members.ts'

/** Owners alone make owners and unmake them. */
export async function setRole(
  ctx: Ctx,
  { workspace, userId, role }: { workspace: string; userId: string; role: Role },
) {
  const { workspaceId } = await requireWorkspace(ctx, workspace, 'members.edit')
  await ctx.db.inWorkspace(workspaceId, async tx => {
    const members = await lockMembers(ctx, tx, workspaceId)
    members.demand('members.edit')
    const before = members.roleOf(userId)
    if (role === before) return
    if (role === 'owner' || before === 'owner') members.demand('members.own')
    if (before === 'owner') members.keepAnOwner(userId)
    await tx.prisma.member.update({ where: { workspaceId_userId: { workspaceId, userId } }, data: { role } })
    await append(ctx, tx, {
      workspaceId,
      action: 'member.role',
      target: userId,
      before: { role: before },
      after: { role },
    })
  })
  announceEnded({ kind: 'member', workspaceId, userId })
}
