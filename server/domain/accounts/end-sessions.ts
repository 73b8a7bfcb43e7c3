import type { Ctx } from '../../context.ts'
import { notFound } from '../../errors.ts'
import type { Tx } from '../../store/postgres.ts'
import { announceEnded } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { publicId } from './public-id.ts'
import { requirePerson } from './require-person.ts'

/** Ends one session of one's own, named as `listSessions` does; its pages and sockets close within seconds. */
export async function endSession(ctx: Ctx, { session }: { session: string }): Promise<void> {
  const { userId } = requirePerson(ctx)
  const sessionId = await ctx.db.asIdentity(async tx => {
    const standing = await tx.prisma.session.findMany({ where: { userId, revokedAt: null }, select: { id: true } })
    const found = standing.find(({ id }) => publicId(id) === session)
    if (!found) throw notFound('session')
    await revoke(ctx, tx, userId, { id: found.id })
    return found.id
  })
  announceEnded({ kind: 'session', sessionId })
}

/** Ends the session that asks: signing out. */
export async function endOwnSession(ctx: Ctx): Promise<void> {
  const { userId, sessionId } = requirePerson(ctx)
  if (!sessionId) return
  await ctx.db.asIdentity(tx => revoke(ctx, tx, userId, { id: sessionId }))
  announceEnded({ kind: 'session', sessionId })
}

export async function endOtherSessions(ctx: Ctx): Promise<{ ended: number }> {
  const { userId, sessionId } = requirePerson(ctx)
  const ended = await ctx.db.asIdentity(tx => endSessionsOf(ctx, tx, userId, sessionId))
  announceEnded({ kind: 'sessions', userId, except: sessionId })
  return { ended }
}

/** Part of the verbs after which a person has to sign in anew; the caller announces it after the commit. */
export function endSessionsOf(ctx: Ctx, tx: Tx, userId: string, except?: string): Promise<number> {
  return revoke(ctx, tx, userId, except === undefined ? {} : { id: { not: except } })
}

async function revoke(ctx: Ctx, tx: Tx, userId: string, where: { id?: string | { not: string } }): Promise<number> {
  const { count } = await tx.prisma.session.updateMany({
    where: { ...where, userId, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  if (count > 0) await append(ctx, tx, { action: 'session.end', target: userId, after: { sessions: count } })
  return count
}
