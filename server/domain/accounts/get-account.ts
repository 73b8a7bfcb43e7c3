import type { Ctx } from '../../context.ts'
import { unauthenticated } from '../../errors.ts'
import { requirePerson } from './require-person.ts'

export async function getAccount(ctx: Ctx) {
  const { userId } = requirePerson(ctx)
  const user = await ctx.db.asIdentity(({ prisma }) =>
    prisma.user.findUnique({ where: { id: userId }, include: { identities: true } }),
  )
  if (!user) throw unauthenticated()
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    hasPassword: user.passwordHash !== null,
    identities: user.identities.map(({ provider }) => provider),
  }
}
