import type { Ctx } from '../../context.ts'
import { forbidden } from '../../errors.ts'

/** Everybody on this server, for the administrator's command line. */
export async function listUsers(ctx: Ctx) {
  if (ctx.actor.kind !== 'system') throw forbidden('Only the administrator lists all accounts')
  return ctx.db.asIdentity(({ prisma }) =>
    prisma.user.findMany({
      select: { id: true, email: true, name: true, createdAt: true, disabledAt: true },
      orderBy: { createdAt: 'asc' },
    }),
  )
}
