import type { Ctx } from '../../context.ts'
import { sessionLife } from './open-session.ts'
import { publicId } from './public-id.ts'
import { requirePerson } from './require-person.ts'

/** One's own sessions that stand, the latest used first. */
export async function listSessions(ctx: Ctx) {
  const { userId, sessionId } = requirePerson(ctx)
  const now = Date.now()
  const rows = await ctx.db.asIdentity(({ prisma }) =>
    prisma.session.findMany({
      where: {
        userId,
        revokedAt: null,
        expiresAt: { gt: new Date(now) },
        lastSeenAt: { gt: new Date(now - sessionLife.idle) },
      },
      orderBy: { lastSeenAt: 'desc' },
      take: 200,
    }),
  )
  return rows.map(({ id, createdAt, lastSeenAt, expiresAt, address, agent }) => ({
    id: publicId(id),
    current: id === sessionId,
    createdAt,
    lastSeenAt,
    expiresAt,
    address,
    agent,
  }))
}
