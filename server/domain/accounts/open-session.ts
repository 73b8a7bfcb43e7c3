import { randomBytes } from 'node:crypto'
import type { Ctx } from '../../context.ts'
import type { Tx } from '../../store/postgres.ts'
import { append } from '../audit/index.ts'

const day = 24 * 60 * 60 * 1000
/** A session ends so long after it began, and so long after it was last used. */
export const sessionLife = { absolute: 30 * day, idle: 7 * day }

/** Every way in ends here: a row for the sign-in. Returns its id, which only the cookie carries. */
export async function openSession(ctx: Ctx, tx: Tx, userId: string, agent?: string): Promise<string> {
  const id = randomBytes(32).toString('base64url')
  const expiresAt = new Date(Date.now() + sessionLife.absolute)
  await tx.prisma.session.create({
    data: { id, userId, expiresAt, address: ctx.address, agent: agent?.slice(0, 400) ?? null },
  })
  await append({ ...ctx, actor: { kind: 'member', userId } }, tx, { action: 'session.open', target: userId })
  return id
}
