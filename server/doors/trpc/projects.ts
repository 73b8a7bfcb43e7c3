import { projectRef, workspaceRef } from '../../domain/access/index.ts'
import { createProject, getProject, listProjects, newProject, renameProject } from '../../domain/projects/index.ts'
import { guard, router } from './init.ts'

export const projects = router({
  list: guard('project.read')
    .input(workspaceRef)
    .query(({ ctx: { ctx }, input }) => listProjects(ctx, input)),
  get: guard('project.read')
    .input(projectRef)
    .query(({ ctx: { ctx }, input }) => getProject(ctx, input)),
  create: guard('project.create')
    .input(workspaceRef.extend(newProject.shape))
    .mutation(({ ctx: { ctx }, input: { workspace, ...wanted } }) => createProject(ctx, workspace, wanted)),
  rename: guard('project.edit')
    .input(projectRef.extend(newProject.shape))
    .mutation(({ ctx: { ctx }, input }) => renameProject(ctx, input)),
})
