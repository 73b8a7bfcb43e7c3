import type { Ctx } from '../../context.ts'
import { can, type ProjectRef, requireProject } from '../access/index.ts'
import { rowOf } from './annotation.ts'
import { listStanding } from './list-standing.ts'

/** All of a project, the oldest first (`createAnnotation` bounds them), and whether the asker may write one. */
export async function listAnnotations(ctx: Ctx, ref: ProjectRef) {
  const { id: projectId, workspaceId, workspace } = await requireProject(ctx, ref, 'annotation.read')
  const { rows, names } = await ctx.db.inWorkspace(workspaceId, async tx => {
    const rows = await listStanding(tx, { workspaceId, projectId })
    const ids = [...new Set(rows.flatMap(({ createdById }) => createdById ?? []))]
    const users = await tx.prisma.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
    return { rows, names: new Map(users.map(({ id, name }) => [id, name])) }
  })
  return {
    annotations: rows.map(row => rowOf(ctx, workspace, row, names.get(row.createdById ?? '') ?? null)),
    mayCreate: can(ctx.actor, 'annotation.create', workspace),
  }
}
