import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { conflict } from '../../errors.ts'
import { isDuplicate } from '../../store/unique.ts'
import { requireWorkspace } from '../access/index.ts'
import { insertProject } from './insert-project.ts'
import { projectName } from './project-name.ts'
import { emptyProject } from './project-row.ts'

export const newProject = z.strictObject({ name: projectName })

export async function createProject(ctx: Ctx, workspace: string, { name }: z.output<typeof newProject>) {
  const { workspaceId } = await requireWorkspace(ctx, workspace, 'project.create')
  const project = await ctx.db
    .inWorkspace(workspaceId, tx => insertProject(ctx, tx, workspaceId, name))
    .catch(error => {
      throw isDuplicate(error) ? conflict('A project of this name is there already', { field: 'name' }) : error
    })
  return emptyProject(project)
}
