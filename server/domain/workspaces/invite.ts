import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { demand, requireWorkspace, roles } from '../access/index.ts'
import { emailSchema } from '../accounts/index.ts'
import { append } from '../audit/index.ts'
import { newToken, tokenHash } from './invitation-token.ts'

export const newInvitation = z.strictObject({
  role: z.enum(roles),
  /** Given: only an account with this address may accept. */
  email: emailSchema.optional(),
  days: z.int().min(1).max(90).default(7),
})

/** Makes a link that lets one person in, once. The token is told here and never again. */
export async function invite(ctx: Ctx, workspace: string, { role, email, days }: z.output<typeof newInvitation>) {
  const place = await requireWorkspace(ctx, workspace, 'members.edit')
  if (role === 'owner') demand(ctx, 'members.own', place)
  const { workspaceId } = place
  const createdById = ctx.actor.kind === 'member' ? ctx.actor.userId : 'system'
  const id = randomUUID()
  const token = newToken()
  const expiresAt = new Date(Date.now() + days * 24 * 60 * 60 * 1000)
  await ctx.db.inWorkspace(workspaceId, async tx => {
    await tx.prisma.invitation.create({
      data: { id, workspaceId, role, email: email ?? null, tokenHash: tokenHash(token), createdById, expiresAt },
    })
    await append(ctx, tx, {
      workspaceId,
      action: 'invitation.create',
      target: id,
      after: { role, email: email ?? null },
    })
  })
  return { id, token, expiresAt }
}
