import type { Ctx } from '../../context.ts'
import { forbidden } from '../../errors.ts'
import { insertUser, type NewUser } from './insert-user.ts'
import { hashPassword } from './password.ts'

/** The administrator makes a person: `trackside user add`. */
export async function createUser(ctx: Ctx, { password, ...person }: Omit<NewUser, 'password'> & { password?: string }) {
  if (ctx.actor.kind !== 'system') throw forbidden('Only the administrator makes accounts for others')
  const passwordHash = password === undefined ? undefined : await hashPassword(password)
  const { id, email, name } = await ctx.db.asIdentity(tx => insertUser(ctx, tx, { ...person, passwordHash }))
  return { id, email, name }
}
