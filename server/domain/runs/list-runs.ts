import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { type ProjectRef, requireProject, runNumber } from '../access/index.ts'
import { filterWords, findByWords } from './find-by-words.ts'
import { rowColumns, toRows } from './run-row.ts'

export const runPage = z.strictObject({
  limit: z.int().min(1).max(500).default(200),
  /** The number of the last run of the page before. */
  cursor: runNumber.nullish(),
  filter: filterWords.optional(),
})

/** Runs of a project, the newest first; with a filter those that say each of its words. */
export async function listRuns(ctx: Ctx, ref: ProjectRef, { limit, cursor, filter }: z.output<typeof runPage>) {
  const { id: projectId, workspaceId } = await requireProject(ctx, ref, 'run.read')
  return ctx.db.inWorkspace(workspaceId, async tx => {
    const below = cursor ?? null
    const sought = filter?.length ? await findByWords(tx, { projectId, words: filter, below, most: limit + 1 }) : null
    const found = await tx.prisma.run.findMany({
      where: {
        projectId,
        workspaceId,
        deletedAt: null,
        ...(sought ? { run: { in: sought } } : below !== null && { run: { lt: below } }),
      },
      select: rowColumns,
      orderBy: { run: 'desc' },
      take: limit + 1,
    })
    const runs = await toRows(tx, found.slice(0, limit))
    return { runs, next: found.length > limit ? (runs.at(-1)?.run ?? null) : null }
  })
}
