import type { Ctx } from '../../context.ts'
import { conflict, forbidden } from '../../errors.ts'
import type { Tx } from '../../store/postgres.ts'
import { isDuplicate } from '../../store/unique.ts'
import { countAttempt, hashPassword, insertUser, type NewUser, requirePerson } from '../accounts/index.ts'
import { append } from '../audit/index.ts'
import { findOpenInvitation, invitationGone } from './invitation-token.ts'

/** The person who is signed in joins the workspace. */
export async function acceptInvitation(ctx: Ctx, { token }: { token: string }): Promise<{ slug: string }> {
  const { userId } = requirePerson(ctx)
  return withinItsWorkspace(ctx, token, async tx => {
    const { email } = await tx.prisma.user.findUniqueOrThrow({ where: { id: userId } })
    return useInvitation(ctx, tx, token, { id: userId, email })
  })
}

/** A new person makes an account and joins, or neither. */
export async function signUpInvited(
  ctx: Ctx,
  token: string,
  { password, ...person }: NewUser,
): Promise<{ email: string }> {
  await countAttempt(`invitation ${person.email}`, ctx.address)
  const passwordHash = await hashPassword(password)
  await withinItsWorkspace(ctx, token, async tx => {
    const user = await insertUser(ctx, tx, { ...person, passwordHash })
    await useInvitation(ctx, tx, token, user)
  })
  return { email: person.email }
}

async function withinItsWorkspace<T>(ctx: Ctx, token: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { workspaceId } = await ctx.db.asIdentity(tx => findOpenInvitation(tx, token))
  return ctx.db.inWorkspace(workspaceId, work)
}

async function useInvitation(ctx: Ctx, tx: Tx, token: string, user: { id: string; email: string }) {
  const { id, workspaceId, role, email, workspace } = await findOpenInvitation(tx, token)
  if (email !== null && email !== user.email) throw forbidden('This invitation is for another e-mail address')
  // Of many who come at once, the first to mark the row gets in.
  const { count } = await tx.prisma.invitation.updateMany({
    where: { id, acceptedAt: null, revokedAt: null },
    data: { acceptedAt: new Date() },
  })
  if (count === 0) throw invitationGone()
  await tx.prisma.member.create({ data: { workspaceId, userId: user.id, role } }).catch(error => {
    throw isDuplicate(error) ? conflict('You are a member of this workspace already', { slug: workspace.slug }) : error
  })
  await append(ctx, tx, { workspaceId, action: 'invitation.accept', target: user.id, after: { role } })
  return { slug: workspace.slug }
}
