import type { Ctx } from '../../context.ts'
import { type ProjectRef, requireProject } from '../access/index.ts'
import { withRights } from '../workspaces/index.ts'
import { withCounts } from './project-row.ts'

/** A project, its workspace, and what the asker may do there. */
export async function getProject(ctx: Ctx, ref: ProjectRef) {
  const { workspace, ...project } = await requireProject(ctx, ref, 'project.read')
  const { workspaceId } = workspace
  const [row] = await ctx.db.inWorkspace(workspaceId, tx => withCounts(tx, workspaceId, [project]))
  if (!row) throw new Error('a project without its row')
  return { ...row, workspace: withRights(ctx, workspace) }
}
