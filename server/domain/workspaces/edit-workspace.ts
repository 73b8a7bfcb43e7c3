import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { isDuplicate } from '../../store/unique.ts'
import { requireWorkspace } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { withRights } from './get-workspace.ts'
import { refuseSlugBefore, slugTaken } from './insert-workspace.ts'
import { workspaceName, workspaceSlug } from './slug.ts'

export const workspaceEdit = z.strictObject({ name: workspaceName.optional(), slug: workspaceSlug.optional() })

/** Its name, its slug; the slug before goes on leading here. */
export async function editWorkspace(ctx: Ctx, workspace: string, edit: z.output<typeof workspaceEdit>) {
  const { role, ...before } = await requireWorkspace(ctx, workspace, 'workspace.edit')
  const { workspaceId } = before
  const { name = before.name, slug = before.slug } = edit
  await ctx.db.inWorkspace(workspaceId, async tx => {
    if (slug !== before.slug) {
      await refuseSlugBefore(tx, slug, workspaceId)
      await tx.prisma.workspaceSlug.deleteMany({ where: { slug, workspaceId } })
      await tx.prisma.workspaceSlug.create({ data: { slug: before.slug, workspaceId } })
    }
    await tx.prisma.workspace.update({ where: { workspaceId }, data: { name, slug } }).catch(error => {
      throw isDuplicate(error) ? slugTaken() : error
    })
    const was = { name: before.name, slug: before.slug }
    await append(ctx, tx, {
      workspaceId,
      action: 'workspace.edit',
      target: workspaceId,
      before: was,
      after: { name, slug },
    })
  })
  return withRights(ctx, { workspaceId, name, slug, role })
}
