import { z } from 'zod'
import type { Run } from '../../../prisma/generated/client.ts'
import type { Ctx } from '../../context.ts'
import { type ProjectRef, requireProject, runNumber } from '../access/index.ts'

export const wholeRunsPage = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  /** The number of the last run of the page before. */
  cursor: runNumber.optional(),
})

/** Runs of a project with all their words, the newest first. */
export async function readRuns(ctx: Ctx, ref: ProjectRef, { limit, cursor }: z.output<typeof wholeRunsPage>) {
  const project = await requireProject(ctx, ref, 'run.read')
  const { id: projectId, workspaceId } = project
  const found = await ctx.db.inWorkspace(workspaceId, ({ prisma }) =>
    prisma.run.findMany({
      where: { projectId, workspaceId, deletedAt: null, ...(cursor !== undefined && { run: { lt: cursor } }) },
      orderBy: { run: 'desc' },
      take: limit + 1,
    }),
  )
  const runs: Run[] = found.slice(0, limit)
  return { project, runs, next: found.length > limit ? String(runs.at(-1)?.run) : null }
}
