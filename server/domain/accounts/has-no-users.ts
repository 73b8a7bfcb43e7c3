import type { Ctx } from '../../context.ts'

/** Whether this server has nobody yet: its first owner is to be made. */
export async function hasNoUsers({ db }: Pick<Ctx, 'db'>): Promise<boolean> {
  return (await db.asIdentity(({ prisma }) => prisma.user.findFirst({ select: { id: true } }))) === null
}
