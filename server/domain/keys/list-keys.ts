import type { Ctx } from '../../context.ts'
import { can, requireWorkspace } from '../access/index.ts'

/** One's own keys; those of all to who may see them. Never the keys themselves. */
export async function listKeys(ctx: Ctx, { workspace }: { workspace: string }) {
  const place = await requireWorkspace(ctx, workspace, 'keys.own')
  const { workspaceId } = place
  const asker = ctx.actor.kind === 'member' ? ctx.actor.userId : null
  const whose = can(ctx.actor, 'keys.all', place) || asker === null ? {} : { userId: asker }
  return ctx.db.inWorkspace(workspaceId, async ({ prisma }) => {
    const rows = await prisma.apiKey.findMany({ where: { workspaceId, ...whose }, orderBy: { createdAt: 'desc' } })
    const people = await prisma.user.findMany({
      where: { id: { in: rows.map(({ userId }) => userId) } },
      select: { id: true, name: true },
    })
    return rows.map(({ hash, workspaceId, userId, ...row }) => ({
      ...row,
      user: people.find(({ id }) => id === userId) ?? { id: userId, name: '' },
      mine: userId === asker,
    }))
  })
}
