import { z } from 'zod'
import { RunState } from '../../../prisma/generated/enums.ts'
import type { Ctx } from '../../context.ts'
import { requireWorkspace } from '../access/index.ts'
import { rowColumns, toRows } from './run-row.ts'

export const latestPage = z.strictObject({
  limit: z.int().min(1).max(100).default(20),
  state: z.enum(RunState).optional(),
})

/** Runs of a whole workspace, the newest first, with their projects. */
export async function latestRuns(ctx: Ctx, workspace: string, { limit, state }: z.output<typeof latestPage>) {
  const { workspaceId } = await requireWorkspace(ctx, workspace, 'run.read')
  return ctx.db.inWorkspace(workspaceId, async tx => {
    const runs = await tx.prisma.run.findMany({
      where: { workspaceId, deletedAt: null, ...(state && { state }) },
      select: rowColumns,
      orderBy: { run: 'desc' },
      take: limit,
    })
    const projects = await tx.prisma.project.findMany({
      where: { workspaceId, id: { in: runs.map(({ projectId }) => projectId) } },
      select: { id: true, slug: true, name: true },
    })
    return (await toRows(tx, runs)).flatMap(row => {
      const project = projects.find(({ id }) => id === row.projectId)
      return project ? [{ ...row, project }] : []
    })
  })
}
