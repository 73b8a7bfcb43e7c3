import type { Ctx } from '../../context.ts'
import { conflict } from '../../errors.ts'
import { isDuplicate } from '../../store/unique.ts'
import { type ProjectRef, requireProject } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { freeSlug } from './insert-project.ts'
import { slugOf } from './project-name.ts'

/** A new name brings a new slug; the one before goes on leading here. */
export async function renameProject(ctx: Ctx, { name, ...ref }: ProjectRef & { name: string }) {
  const { id, workspaceId, ...before } = await requireProject(ctx, ref, 'project.edit')
  return ctx.db.inWorkspace(workspaceId, async tx => {
    const wanted = slugOf(name)
    const slug = wanted === before.slug ? wanted : await freeSlug(tx, workspaceId, wanted, id)
    if (slug !== before.slug) {
      await tx.prisma.projectSlug.deleteMany({ where: { workspaceId, slug, projectId: id } })
      await tx.prisma.projectSlug.create({ data: { workspaceId, slug: before.slug, projectId: id } })
    }
    await tx.prisma.project.update({ where: { id }, data: { name, slug } }).catch(error => {
      throw isDuplicate(error) ? conflict('A project of this name is there already', { field: 'name' }) : error
    })
    await append(ctx, tx, {
      workspaceId,
      action: 'project.edit',
      target: id,
      before: { name: before.name },
      after: { name },
    })
    return { id, name, slug }
  })
}
