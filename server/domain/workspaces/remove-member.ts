import type { Ctx } from '../../context.ts'
import { type Action, announceEnded, requireWorkspace } from '../access/index.ts'
import { requirePerson } from '../accounts/index.ts'
import { append } from '../audit/index.ts'
import { lockMembers } from './lock-members.ts'

/** Takes a person out of a workspace, his keys with him. */
export function removeMember(ctx: Ctx, { workspace, userId }: { workspace: string; userId: string }): Promise<void> {
  return remove(ctx, workspace, userId, 'members.edit')
}

/** Takes oneself out. */
export function leaveWorkspace(ctx: Ctx, { workspace }: { workspace: string }): Promise<void> {
  return remove(ctx, workspace, requirePerson(ctx).userId, 'members.leave')
}

async function remove(ctx: Ctx, workspace: string, userId: string, action: Action): Promise<void> {
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
