import type { Ctx } from '../../context.ts'
import { requireWorkspace } from '../access/index.ts'

/** Those that may still be accepted. */
export async function listInvitations(ctx: Ctx, { workspace }: { workspace: string }) {
  const { workspaceId } = await requireWorkspace(ctx, workspace, 'members.edit')
  const open = { workspaceId, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } }
  return ctx.db.inWorkspace(workspaceId, async ({ prisma }) => {
    const rows = await prisma.invitation.findMany({ where: open, orderBy: { createdAt: 'desc' } })
    const makers = await prisma.user.findMany({ where: { id: { in: rows.map(({ createdById }) => createdById) } } })
    return rows.map(({ id, email, role, createdAt, expiresAt, createdById }) => {
      const createdBy = makers.find(maker => maker.id === createdById)?.name ?? null
      return { id, email, role, createdAt, expiresAt, createdBy }
    })
  })
}
