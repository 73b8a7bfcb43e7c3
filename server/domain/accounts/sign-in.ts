import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { DomainError } from '../../errors.ts'
import { countAttempt } from './attempts.ts'
import { emailSchema } from './email.ts'
import { openSession } from './open-session.ts'
import { passwordFits } from './password.ts'

export const signInSchema = z.object({ email: emailSchema, password: z.string().min(1).max(256) })

const wrong = () => new DomainError('UNAUTHENTICATED', 'The e-mail address or the password is wrong')

/** By password. The same answer, after the same work, for a wrong password, an unknown address and a disabled person. */
export async function signIn(ctx: Ctx, input: unknown, agent?: string): Promise<{ sessionId: string }> {
  const { success, data } = signInSchema.safeParse(input)
  if (!success) throw wrong()
  const forgive = await countAttempt(data.email, ctx.address)
  const user = await ctx.db.asIdentity(({ prisma }) => prisma.user.findUnique({ where: { email: data.email } }))
  const fits = await passwordFits(data.password, user?.passwordHash)
  if (!fits || !user || user.disabledAt) throw wrong()
  await forgive()
  return { sessionId: await ctx.db.asIdentity(tx => openSession(ctx, tx, user.id, agent)) }
}
