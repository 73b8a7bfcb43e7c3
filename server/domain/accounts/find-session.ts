import type { Ctx } from '../../context.ts'
import { once } from '../../store/once.ts'
import { concerns, onEnded } from '../access/index.ts'
import { sessionLife } from './open-session.ts'

export interface LiveSession {
  sessionId: string
  userId: string
  /** When it ends by itself if nothing more is asked, ms. */
  until: number
}

const cachedFor = 2_000
const seenEvery = 60_000

interface Cached {
  at: number
  session: Promise<LiveSession | null>
  /** Once it is read. */
  live?: LiveSession
}

const cache = () =>
  once('accounts.sessions', () => {
    const sessions = new Map<string, Cached>()
    onEnded(ended => {
      // One that is still being read may have been read before the end: it goes too.
      for (const [id, { live }] of sessions)
        if (!live || concerns(ended, { kind: 'member', ...live })) sessions.delete(id)
    })
    return sessions
  })

/** The session's row, if it still stands: read at most every 2 s, and anew as soon as the bus says that it ended. */
export async function findSession(ctx: Pick<Ctx, 'db'>, sessionId: string): Promise<LiveSession | null> {
  const sessions = cache()
  const now = Date.now()
  const known = sessions.get(sessionId)
  if (known && now - known.at < cachedFor) return known.session
  if (sessions.size > 10_000) sessions.clear()
  const cached: Cached = { at: now, session: readSession(ctx, sessionId) }
  sessions.set(sessionId, cached)
  try {
    const live = await cached.session
    if (live) cached.live = live
    else sessions.delete(sessionId)
    return live
  } catch (error) {
    sessions.delete(sessionId)
    throw error
  }
}

async function readSession({ db }: Pick<Ctx, 'db'>, id: string): Promise<LiveSession | null> {
  const now = Date.now()
  const row = await db.asIdentity(({ prisma }) =>
    prisma.session.findFirst({
      where: { id, revokedAt: null, expiresAt: { gt: new Date(now) }, user: { disabledAt: null } },
    }),
  )
  if (!row || row.lastSeenAt.getTime() + sessionLife.idle <= now) return null
  if (row.lastSeenAt.getTime() + seenEvery <= now) {
    await db.asIdentity(({ prisma }) => prisma.session.update({ where: { id }, data: { lastSeenAt: new Date(now) } }))
  }
  return { sessionId: id, userId: row.userId, until: Math.min(row.expiresAt.getTime(), now + sessionLife.idle) }
}
