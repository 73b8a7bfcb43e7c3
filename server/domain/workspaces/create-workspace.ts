import type { Ctx } from '../../context.ts'
import { isDomainError } from '../../errors.ts'
import { demand, type Place } from '../access/index.ts'
import { requirePerson } from '../accounts/index.ts'
import { insertWorkspace, type NewWorkspace, newWorkspaceId } from './insert-workspace.ts'
import { numbered, slugOf } from './slug.ts'

/** Whoever makes it owns it. Without a slug one is made from the name. */
export async function createWorkspace(ctx: Ctx, { name, slug }: NewWorkspace): Promise<Place> {
  demand(ctx, 'workspace.create')
  const { userId } = requirePerson(ctx)
  const make = (slug: string) => {
    const workspaceId = newWorkspaceId()
    return ctx.db.inWorkspace(workspaceId, tx => insertWorkspace(ctx, tx, { workspaceId, name, slug }, userId))
  }
  if (slug) return make(slug)
  const first = slugOf(name)
  try {
    return await make(first)
  } catch (error) {
    if (isDomainError(error) && error.code === 'CONFLICT') return make(numbered(first))
    throw error
  }
}
