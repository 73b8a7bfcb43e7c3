import { listPlaces, workspaceRef } from '../../domain/access/index.ts'
import { withNumbers } from '../../domain/metrics/index.ts'
import { listProjects } from '../../domain/projects/index.ts'
import { latestRuns } from '../../domain/runs/index.ts'
import {
  createWorkspace,
  editWorkspace,
  getWorkspace,
  newWorkspace,
  workspaceEdit,
} from '../../domain/workspaces/index.ts'
import { guard, router } from './init.ts'

export const workspaces = router({
  list: guard('account.own').query(({ ctx: { ctx } }) => listPlaces(ctx)),
  create: guard('workspace.create')
    .input(newWorkspace)
    .mutation(({ ctx: { ctx }, input }) => createWorkspace(ctx, input)),
  get: guard('workspace.read')
    .input(workspaceRef)
    .query(({ ctx: { ctx }, input }) => getWorkspace(ctx, input)),
  /** The workspace's first page: one question for all it shows. */
  home: guard('run.read')
    .input(workspaceRef)
    .query(async ({ ctx: { ctx }, input }) => {
      const [projects, latest, training] = await Promise.all([
        listProjects(ctx, input),
        latestRuns(ctx, input.workspace, { limit: 20 }),
        latestRuns(ctx, input.workspace, { limit: 100, state: 'running' }),
      ])
      // One question for both lists: a run may be in either.
      const numbered = await withNumbers(ctx, [...latest, ...training])
      return { projects, latest: numbered.slice(0, latest.length), training: numbered.slice(latest.length) }
    }),
  edit: guard('workspace.edit')
    .input(workspaceRef.extend(workspaceEdit.shape))
    .mutation(({ ctx: { ctx }, input: { workspace, ...edit } }) => editWorkspace(ctx, workspace, edit)),
})
