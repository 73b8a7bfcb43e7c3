import type { Ctx } from '../../context.ts'
import { requirePerson } from './require-person.ts'

export async function renameAccount(ctx: Ctx, { name }: { name: string }): Promise<void> {
  const { userId } = requirePerson(ctx)
  await ctx.db.asIdentity(({ prisma }) => prisma.user.update({ where: { id: userId }, data: { name } }))
}
