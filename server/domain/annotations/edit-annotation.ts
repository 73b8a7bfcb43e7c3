import type { Ctx } from '../../context.ts'
import { append } from '../audit/index.ts'
import { announceChanged } from '../runs/index.ts'
import { type AnnotationRef, requireAnnotation } from './require-annotation.ts'

/** Says something else in the same place. */
export async function editAnnotation(ctx: Ctx, { text, ...ref }: AnnotationRef & { text: string }): Promise<void> {
  const { id, workspaceId, projectId, text: before } = await requireAnnotation(ctx, ref)
  await ctx.db.inWorkspace(workspaceId, async tx => {
    await tx.prisma.annotation.update({ where: { id }, data: { text, editedAt: new Date() } })
    const deed = { workspaceId, action: 'annotation.edit', target: id }
    await append(ctx, tx, { ...deed, before: { text: before }, after: { text } })
  })
  announceChanged({ workspaceId, project: projectId, what: 'annotations' })
}
