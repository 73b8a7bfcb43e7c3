import type { Ctx } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { demand, listPlaces } from '../access/index.ts'

/** A project by its id alone, in any of the asker's workspaces. */
export async function seeProject(ctx: Ctx, id: string): Promise<{ id: string; workspaceId: string }> {
  const places = await listPlaces(ctx)
  const ids = places.map(({ workspaceId }) => workspaceId)
  const project = await ctx.db.inWorkspace(ids, ({ prisma }) =>
    prisma.project.findFirst({ where: { id, workspaceId: { in: ids } }, select: { id: true, workspaceId: true } }),
  )
  const place = places.find(({ workspaceId }) => workspaceId === project?.workspaceId)
  if (!project || !place) throw notFound('project')
  demand(ctx, 'project.read', place)
  return project
}
