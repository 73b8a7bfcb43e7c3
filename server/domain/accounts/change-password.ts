import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { invalid, notFound } from '../../errors.ts'
import { announceEnded } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { countAttempt } from './attempts.ts'
import { endSessionsOf } from './end-sessions.ts'
import { hashPassword, passwordFits, passwordSchema } from './password.ts'
import { requirePerson } from './require-person.ts'

export const passwordChange = z.strictObject({ current: z.string().max(256).optional(), next: passwordSchema })

/** Needs the current one, unless there is none yet; every other session ends. */
export async function changePassword(ctx: Ctx, { current, next }: z.output<typeof passwordChange>): Promise<void> {
  const { userId, sessionId } = requirePerson(ctx)
  const user = await ctx.db.asIdentity(({ prisma }) => prisma.user.findUnique({ where: { id: userId } }))
  if (!user) throw notFound('account')
  if (user.passwordHash) {
    const forgive = await countAttempt(user.email, ctx.address)
    if (!(await passwordFits(current ?? '', user.passwordHash)))
      throw invalid('The current password is wrong', { field: 'current' })
    await forgive()
  }
  const passwordHash = await hashPassword(next)
  await ctx.db.asIdentity(async tx => {
    // Whoever else has changed it since it was checked has won.
    const { count } = await tx.prisma.user.updateMany({
      where: { id: userId, passwordHash: user.passwordHash },
      data: { passwordHash },
    })
    if (count === 0) throw invalid('The current password is wrong', { field: 'current' })
    await endSessionsOf(ctx, tx, userId, sessionId)
    await append(ctx, tx, { action: 'user.password', target: userId })
  })
  announceEnded({ kind: 'sessions', userId, except: sessionId })
}
