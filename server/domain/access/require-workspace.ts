import type { Ctx } from '../../context.ts'
import { notFound, unauthenticated } from '../../errors.ts'
import { demand } from './demand.ts'
import { listPlaces, type Place } from './places.ts'
import type { Action } from './policy.ts'

/** The workspace of this id or slug, also a slug it had before; NOT_FOUND unless the asker sees it. */
export async function requireWorkspace(ctx: Ctx, idOrSlug: string, action: Action): Promise<Place> {
  const place = await findPlace(ctx, idOrSlug)
  demand(ctx, action, place)
  return place
}

export async function findPlace(ctx: Ctx, idOrSlug: string): Promise<Place> {
  if (ctx.actor.kind === 'nobody') throw unauthenticated()
  const places = await listPlaces(ctx)
  const now = places.find(({ workspaceId, slug }) => workspaceId === idOrSlug || slug === idOrSlug)
  const place = now ?? (await findBySlugBefore(ctx, places, idOrSlug))
  if (!place) throw notFound('workspace')
  return place
}

async function findBySlugBefore(ctx: Ctx, places: Place[], slug: string) {
  if (places.length === 0) return undefined
  const before = await ctx.db.asIdentity(tx => tx.prisma.workspaceSlug.findUnique({ where: { slug } }))
  return places.find(({ workspaceId }) => workspaceId === before?.workspaceId)
}
