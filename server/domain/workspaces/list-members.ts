import type { Ctx } from '../../context.ts'
import { requireWorkspace } from '../access/index.ts'

export async function listMembers(ctx: Ctx, { workspace }: { workspace: string }) {
  const { workspaceId } = await requireWorkspace(ctx, workspace, 'members.read')
  const asker = ctx.actor.kind === 'member' ? ctx.actor.userId : null
  const rows = await ctx.db.inWorkspace(workspaceId, ({ prisma }) =>
    prisma.member.findMany({
      where: { workspaceId },
      include: { user: { select: { name: true, email: true } } },
      orderBy: { createdAt: 'asc' },
    }),
  )
  return rows.map(({ userId, role, createdAt, user }) => ({ userId, role, createdAt, ...user, you: userId === asker }))
}
