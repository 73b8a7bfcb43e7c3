import type { Ctx } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { requireWorkspace } from '../access/index.ts'
import { append } from '../audit/index.ts'

export async function revokeInvitation(ctx: Ctx, { workspace, id }: { workspace: string; id: string }) {
  const { workspaceId } = await requireWorkspace(ctx, workspace, 'members.edit')
  await ctx.db.inWorkspace(workspaceId, async tx => {
    const { count } = await tx.prisma.invitation.updateMany({
      where: { id, workspaceId, acceptedAt: null, revokedAt: null },
      data: { revokedAt: new Date() },
    })
    if (count === 0) throw notFound('invitation')
    await append(ctx, tx, { workspaceId, action: 'invitation.revoke', target: id })
  })
}
