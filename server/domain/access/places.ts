import type { Prisma } from '../../../prisma/generated/client.ts'
import type { Ctx } from '../../context.ts'
import type { Tx } from '../../store/postgres.ts'
import type { Role } from './policy.ts'

/** A workspace that the asker sees, and as what. */
export interface Place {
  workspaceId: string
  slug: string
  name: string
  role: Role
}

/**
 * Every workspace that the asker sees at this moment. Never cached: a role taken away, a key revoked and a person
 * disabled hold from the next question on, also on a socket that was opened before.
 */
export async function listPlaces(ctx: Ctx): Promise<Place[]> {
  const { actor } = ctx
  if (actor.kind === 'member') return ctx.db.asIdentity(tx => placesOf(tx, actor.userId))
  if (actor.kind === 'key') return ctx.db.asIdentity(tx => placeOfKey(tx, actor.keyId))
  if (actor.kind === 'system') return ctx.db.asIdentity(everyPlace)
  return []
}

const shown = { workspaceId: true, slug: true, name: true } as const

async function placesOf(tx: Tx, userId: string, only: Prisma.MemberWhereInput = {}): Promise<Place[]> {
  const rows = await tx.prisma.member.findMany({
    where: { userId, user: { disabledAt: null }, ...only },
    select: { role: true, workspace: { select: shown } },
    orderBy: { workspace: { name: 'asc' } },
  })
  return rows.map(({ role, workspace }) => ({ ...workspace, role }))
}

async function placeOfKey(tx: Tx, keyId: string): Promise<Place[]> {
  const key = await tx.prisma.apiKey.findFirst({
    where: { id: keyId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
    select: { userId: true, workspaceId: true, createdAt: true },
  })
  if (!key) return []
  // A key older than the membership is of an earlier one, which it died with.
  return placesOf(tx, key.userId, { workspaceId: key.workspaceId, createdAt: { lte: key.createdAt } })
}

async function everyPlace(tx: Tx): Promise<Place[]> {
  const rows = await tx.prisma.workspace.findMany({ select: shown, orderBy: { name: 'asc' } })
  return rows.map(row => ({ ...row, role: 'owner' }))
}
