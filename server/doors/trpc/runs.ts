import { projectRef, runRef, workspaceRef } from '../../domain/access/index.ts'
import { metricKey, withNumbers, withSummaries } from '../../domain/metrics/index.ts'
import {
  deleteRun,
  editRun,
  getRun,
  latestPage,
  latestRuns,
  listRuns,
  requestStop,
  runEdit,
  runPage,
} from '../../domain/runs/index.ts'
import { guard, router } from './init.ts'

export const runs = router({
  list: guard('run.read')
    .input(projectRef.extend(runPage.shape).extend({ key: metricKey.optional() }))
    .query(async ({ ctx: { ctx }, input: { limit, cursor, filter, key, ...ref } }) => {
      const { runs, next } = await listRuns(ctx, ref, { limit, cursor, filter })
      const numbered = await withNumbers(ctx, runs, key)
      return { runs: numbered, key: key ?? numbered.find(run => run.number)?.number?.key ?? null, next }
    }),
  latest: guard('run.read')
    .input(workspaceRef.extend(latestPage.shape))
    .query(async ({ ctx: { ctx }, input: { workspace, ...page } }) =>
      withNumbers(ctx, await latestRuns(ctx, workspace, page)),
    ),
  get: guard('run.read')
    .input(runRef)
    .query(async ({ ctx: { ctx }, input }) => {
      const run = await getRun(ctx, input)
      const [[numbered], [summed]] = await Promise.all([withNumbers(ctx, [run]), withSummaries(ctx, [run])])
      return { ...run, number: numbered?.number ?? null, summary: summed?.summary ?? {} }
    }),
  edit: guard('run.edit')
    .input(runRef.extend(runEdit.shape))
    .mutation(({ ctx: { ctx }, input: { workspace, project, run, ...edit } }) =>
      editRun(ctx, { workspace, project, run }, edit),
    ),
  requestStop: guard('run.stop')
    .input(runRef)
    .mutation(({ ctx: { ctx }, input }) => requestStop(ctx, input)),
  delete: guard('run.delete')
    .input(runRef)
    .mutation(({ ctx: { ctx }, input }) => deleteRun(ctx, input)),
})
