import type { Ctx } from '../../context.ts'
import { forbidden } from '../../errors.ts'
import { countAttempt } from './attempts.ts'
import { insertUser, type NewUser } from './insert-user.ts'
import { hashPassword } from './password.ts'

/** Anybody makes an account of his own, where the server's settings let him. */
export async function signUp(ctx: Ctx, { password, ...person }: NewUser, { open }: { open: boolean }) {
  if (!open) throw forbidden('Accounts on this server are made by invitation')
  await countAttempt(`sign-up ${person.email}`, ctx.address)
  const passwordHash = await hashPassword(password)
  const { email } = await ctx.db.asIdentity(tx => insertUser(ctx, tx, { ...person, passwordHash }))
  return { email }
}
