import type { Ctx } from '../../context.ts'

/** Which of these sessions still stand, in one question: for those who keep sockets open. */
export async function standingSessions({ db }: Pick<Ctx, 'db'>, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.asIdentity(({ prisma }) =>
    prisma.session.findMany({
      where: { id: { in: [...ids] }, revokedAt: null, expiresAt: { gt: new Date() }, user: { disabledAt: null } },
      select: { id: true },
    }),
  )
  return new Set(rows.map(({ id }) => id))
}
