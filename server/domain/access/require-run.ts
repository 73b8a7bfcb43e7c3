import type { Run } from '../../../prisma/generated/client.ts'
import type { Ctx } from '../../context.ts'
import { gone, notFound, unauthenticated } from '../../errors.ts'
import { demand } from './demand.ts'
import { listPlaces } from './places.ts'
import type { Action } from './policy.ts'
import type { RunRef } from './ref.ts'
import { requireProject, type SeenProject } from './require-project.ts'

export type SeenRun = Run & { project: SeenProject }

/** The run of this id in its project. */
export async function requireRun(ctx: Ctx, ref: RunRef, action: Action): Promise<SeenRun> {
  const project = await requireProject(ctx, ref, 'project.read')
  const run = await ctx.db.inWorkspace(project.workspaceId, ({ prisma }) =>
    prisma.run.findUnique({ where: { projectId_id: { projectId: project.id, id: ref.run } } }),
  )
  if (!run) throw notFound('run')
  demand(ctx, action, { ...project.workspace, createdById: run.createdById })
  if (run.deletedAt) throw gone('This run was deleted')
  return { ...run, project }
}

/** Runs by the server's own numbers, from any of the asker's workspaces, in the order asked for: all of them, or NOT_FOUND. */
export async function requireRuns(ctx: Ctx, numbers: readonly bigint[], action: Action): Promise<Run[]> {
  if (ctx.actor.kind === 'nobody') throw unauthenticated()
  const places = await listPlaces(ctx)
  const ids = places.map(({ workspaceId }) => workspaceId)
  const rows = await ctx.db.inWorkspace(ids, ({ prisma }) =>
    prisma.run.findMany({ where: { run: { in: [...numbers] }, workspaceId: { in: ids }, deletedAt: null } }),
  )
  return numbers.map(number => {
    const run = rows.find(row => row.run === number)
    const place = places.find(({ workspaceId }) => workspaceId === run?.workspaceId)
    if (!run || !place) throw notFound('run')
    demand(ctx, action, { ...place, createdById: run.createdById })
    return run
  })
}
