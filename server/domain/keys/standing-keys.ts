import type { Prisma } from '../../../prisma/generated/client.ts'
import type { Ctx } from '../../context.ts'
import type { Tx } from '../../store/postgres.ts'

/**
 * Keys that stand: not revoked, not expired, of a person who is a member still. A key older than the membership is of an
 * earlier one, which it died with.
 */
export async function readStandingKeys(tx: Tx, where: Prisma.ApiKeyWhereInput) {
  const keys = await tx.prisma.apiKey.findMany({
    where: { ...where, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
  })
  if (keys.length === 0) return []
  const members = await tx.prisma.member.findMany({
    where: {
      OR: keys.map(({ workspaceId, userId }) => ({ workspaceId, userId })),
      user: { disabledAt: null },
    },
  })
  return keys.filter(key =>
    members.some(
      member =>
        member.workspaceId === key.workspaceId && member.userId === key.userId && member.createdAt <= key.createdAt,
    ),
  )
}

/** Which of these keys still stand, in one question: for those who keep sockets open. */
export async function standingKeys({ db }: Pick<Ctx, 'db'>, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.asIdentity(tx => readStandingKeys(tx, { id: { in: [...ids] } }))
  return new Set(rows.map(({ id }) => id))
}
