import type { Ctx } from '../../context.ts'
import { forbidden, notFound } from '../../errors.ts'
import { append } from '../audit/index.ts'
import { endSessionsOf } from './end-sessions.ts'
import { hashPassword } from './password.ts'

/**
 * The administrator sets a new password from the command line; every session ends. That is another process than the
 * server: sessions it has cached go on for 2 s, sockets until they are asked anew.
 */
export async function resetPassword(ctx: Ctx, { email, password }: { email: string; password: string }): Promise<void> {
  if (ctx.actor.kind !== 'system') throw forbidden('Only the administrator resets passwords')
  const passwordHash = await hashPassword(password)
  await ctx.db.asIdentity(async tx => {
    const user = await tx.prisma.user.findUnique({ where: { email } })
    if (!user) throw notFound('account')
    await tx.prisma.user.update({ where: { id: user.id }, data: { passwordHash } })
    await endSessionsOf(ctx, tx, user.id)
    await append(ctx, tx, { action: 'user.password', target: user.id })
  })
}
