import { projectRef, runRef, workspaceRef } from '../../domain/access/index.ts'
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
    .input(projectRef.extend(runPage.shape))
    .query(({ ctx: { ctx }, input: { limit, cursor, key, ...ref } }) => listRuns(ctx, ref, { limit, cursor, key })),
  latest: guard('run.read')
    .input(workspaceRef.extend(latestPage.shape))
    .query(({ ctx: { ctx }, input: { workspace, ...page } }) => latestRuns(ctx, workspace, page)),
  get: guard('run.read')
    .input(runRef)
    .query(({ ctx: { ctx }, input }) => getRun(ctx, input)),
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
