import { listPlaces, workspaceRef } from '../../domain/access/index.ts'
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
  edit: guard('workspace.edit')
    .input(workspaceRef.extend(workspaceEdit.shape))
    .mutation(({ ctx: { ctx }, input: { workspace, ...edit } }) => editWorkspace(ctx, workspace, edit)),
})
