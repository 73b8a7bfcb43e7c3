import type { Ctx } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { announceEnded, can, requireWorkspace } from '../access/index.ts'
import { append } from '../audit/index.ts'

/** At once, for sockets that it opened too. Somebody else's key is as if it did not exist to who may not see it. */
export async function revokeKey(ctx: Ctx, { workspace, id }: { workspace: string; id: string }): Promise<void> {
  const place = await requireWorkspace(ctx, workspace, 'keys.own')
  const { workspaceId } = place
  const whose = can(ctx.actor, 'keys.all', place) || ctx.actor.kind !== 'member' ? {} : { userId: ctx.actor.userId }
  await ctx.db.inWorkspace(workspaceId, async tx => {
    const key = await tx.prisma.apiKey.findFirst({ where: { id, workspaceId, ...whose } })
    if (!key) throw notFound('key')
    if (key.revokedAt) return
    await tx.prisma.apiKey.update({ where: { id }, data: { revokedAt: new Date() } })
    await append(ctx, tx, { workspaceId, action: 'key.revoke', target: id })
  })
  announceEnded({ kind: 'key', keyId: id })
}
