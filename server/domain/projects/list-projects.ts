import type { Ctx } from '../../context.ts'
import { requireWorkspace } from '../access/index.ts'
import { type ProjectRow, withCounts } from './project-row.ts'

/** All of a workspace, those that were trained in last first. */
export async function listProjects(ctx: Ctx, { workspace }: { workspace: string }): Promise<ProjectRow[]> {
  const { workspaceId } = await requireWorkspace(ctx, workspace, 'project.read')
  const rows = await ctx.db.inWorkspace(workspaceId, async tx => {
    const projects = await tx.prisma.project.findMany({ where: { workspaceId }, orderBy: { name: 'asc' }, take: 1_000 })
    return withCounts(tx, workspaceId, projects)
  })
  const moment = ({ lastRunAt, createdAt }: ProjectRow) => (lastRunAt ?? createdAt).getTime()
  return rows.sort((a, b) => moment(b) - moment(a))
}
