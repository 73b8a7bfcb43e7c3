import type { Ctx } from '../../context.ts'
import { append } from '../audit/index.ts'
import { announceChanged } from '../runs/index.ts'
import { type AnnotationRef, requireAnnotation } from './require-annotation.ts'

export async function deleteAnnotation(ctx: Ctx, ref: AnnotationRef): Promise<void> {
  const { id, workspaceId, projectId, key, runs, axis, from, to, text } = await requireAnnotation(ctx, ref)
  await ctx.db.inWorkspace(workspaceId, async tx => {
    // Two may delete it at once.
    await tx.prisma.annotation.deleteMany({ where: { id, workspaceId } })
    const before = { key, runs: runs.map(String), axis, from, to, text }
    await append(ctx, tx, { workspaceId, action: 'annotation.delete', target: id, before })
  })
  announceChanged({ workspaceId, project: projectId, what: 'annotations' })
}
