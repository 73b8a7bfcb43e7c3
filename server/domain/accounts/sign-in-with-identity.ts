import type { User } from '../../../prisma/generated/client.ts'
import type { Ctx } from '../../context.ts'
import { conflict, forbidden, unauthenticated } from '../../errors.ts'
import type { Tx } from '../../store/postgres.ts'
import { append } from '../audit/index.ts'
import { emailSchema } from './email.ts'
import { insertUser } from './insert-user.ts'
import { openSession } from './open-session.ts'

/** What another provider says of who signs in there. */
export interface ForeignIdentity {
  provider: string
  subject: string
  email?: string | undefined
  emailVerified: boolean
  name?: string | undefined
}

export interface Circumstances {
  /** Whether a stranger may make an account: open sign-up, or a valid invitation in hand. */
  open: boolean
  agent?: string | undefined
}

/**
 * By another provider. An identity that is known signs its person in. A new one is linked to whoever is signed in already,
 * or to the account that has its verified address and no password; an account with a password is never linked from outside:
 * whoever made it may not be who owns the address.
 */
export async function signInWithIdentity(ctx: Ctx, identity: ForeignIdentity, circumstances: Circumstances) {
  const sessionId = await ctx.db.asIdentity(async tx => {
    const user = await personOf(ctx, tx, identity, circumstances)
    if (user.disabledAt) throw unauthenticated('This account is closed')
    return openSession(ctx, tx, user.id, circumstances.agent)
  })
  return { sessionId }
}

async function personOf(ctx: Ctx, tx: Tx, identity: ForeignIdentity, { open }: Circumstances): Promise<User> {
  const { provider, subject } = identity
  const known = await tx.prisma.identity.findUnique({
    where: { provider_subject: { provider, subject } },
    include: { user: true },
  })
  if (known) return known.user
  const user = await personToLink(ctx, tx, identity, open)
  await tx.prisma.identity.create({ data: { provider, subject, userId: user.id } })
  await append(ctx, tx, { action: 'identity.link', target: user.id, after: { provider } })
  return user
}

async function personToLink(ctx: Ctx, tx: Tx, identity: ForeignIdentity, open: boolean): Promise<User> {
  if (ctx.actor.kind === 'member') return tx.prisma.user.findUniqueOrThrow({ where: { id: ctx.actor.userId } })
  const email = emailSchema.safeParse(identity.email)
  if (!email.success || !identity.emailVerified) throw forbidden('This sign-in has no verified e-mail address')
  const user = await tx.prisma.user.findUnique({ where: { email: email.data } })
  if (user?.passwordHash) throw conflict('Sign in with your password first, then with this provider')
  if (user) return user
  if (!open) throw forbidden('Accounts on this server are made by invitation')
  return insertUser(ctx, tx, { email: email.data, name: identity.name?.trim().slice(0, 100) || email.data })
}
