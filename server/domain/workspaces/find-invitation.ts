import type { Ctx } from '../../context.ts'
import { findOpenInvitation } from './invitation-token.ts'

/** What the bearer of an invitation's link may know before accepting. */
export async function findInvitation(ctx: Pick<Ctx, 'db'>, { token }: { token: string }) {
  return ctx.db.asIdentity(async tx => {
    const { workspace, role, email, createdById } = await findOpenInvitation(tx, token)
    const inviter = await tx.prisma.user.findUnique({ where: { id: createdById } })
    return { workspace: workspace.name, role, email, invitedBy: inviter?.name ?? null }
  })
}
