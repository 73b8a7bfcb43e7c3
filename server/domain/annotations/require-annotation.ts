import type { Annotation } from '../../../prisma/generated/client.ts'
import type { Ctx } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { demand, type ProjectRef, requireProject } from '../access/index.ts'

export type AnnotationRef = ProjectRef & { id: string }

/** One annotation of a project, if the asker may edit it. */
export async function requireAnnotation(ctx: Ctx, { id, ...ref }: AnnotationRef): Promise<Annotation> {
  const { id: projectId, workspaceId, workspace } = await requireProject(ctx, ref, 'annotation.read')
  const found = await ctx.db.inWorkspace(workspaceId, ({ prisma }) =>
    prisma.annotation.findFirst({ where: { id, workspaceId, projectId } }),
  )
  if (!found) throw notFound('annotation')
  demand(ctx, 'annotation.edit', { ...workspace, createdById: found.createdById })
  return found
}
