import type { AuthOptions } from 'next-auth'
import { nobody } from '../../actor.ts'
import {
  endOwnSession,
  type ForeignIdentity,
  findSession,
  signIn,
  signInWithIdentity,
} from '../../domain/accounts/index.ts'
import { findInvitation } from '../../domain/workspaces/index.ts'
import { isDomainError } from '../../errors.ts'
import type { House } from '../../house.ts'
import { contextFor } from './context-for.ts'
import { cookieSecret, cookiesOf } from './cookies.ts'
import { type Asking, cookie, header } from './headers.ts'
import { type ForeignProfile, foreignProviders } from './providers.ts'
import { sessionFromRequest } from './session-from-request.ts'

/** next-auth's options for one request: it needs to know who asks, and from where. */
export function authOptions(house: House, asking: Asking): AuthOptions {
  const byPassword = {
    id: 'credentials',
    name: 'password',
    type: 'credentials' as const,
    credentials: { email: {}, password: {} },
    async authorize(credentials: unknown) {
      const ctx = contextFor(house, nobody, asking)
      const { sessionId } = await signIn(ctx, credentials, header(asking, 'user-agent')).catch(inWords)
      return { id: sessionId }
    },
  }
  return {
    secret: cookieSecret(house),
    cookies: cookiesOf(house),
    session: { strategy: 'jwt' },
    pages: { signIn: '/login', signOut: '/login', error: '/login' },
    providers: [byPassword, ...foreignProviders(house.settings)],
    callbacks: callbacks(house, asking),
    events: {
      async signOut({ token }) {
        const session = typeof token.sid === 'string' ? await findSession(house, token.sid) : null
        if (session) await endOwnSession(contextFor(house, { kind: 'member', ...session }, asking))
      },
    },
    logger: {
      error: (code, metadata) => house.log.warn({ code, reason: reasonOf(metadata) }, 'a sign-in failed'),
      warn: () => {},
      debug: () => {},
    },
  }
}

const callbacks = (house: House, asking: Asking): NonNullable<AuthOptions['callbacks']> => ({
  async signIn({ user, account, profile }) {
    if (account?.type !== 'oauth') return true
    const foreign = identityOf(account.provider, account.providerAccountId, profile as ForeignProfile | undefined)
    try {
      // From here on, as with a password, the "user" is no more than the session that was opened.
      user.id = await openForeign(house, asking, foreign)
      return true
    } catch (error) {
      return `/login?error=${encodeURIComponent(inWordsOf(error))}`
    }
  },
  /** The cookie carries `sid` and nothing else. Throwing is what makes next-auth forget the rest and drop the cookie. */
  async jwt({ token, user }) {
    const sid = user ? user.id : token.sid
    if (typeof sid !== 'string' || !(await findSession(house, sid))) throw new Error('This session has ended')
    return { sid }
  },
  session: ({ session }) => ({ expires: session.expires }),
  redirect({ url, baseUrl }) {
    return URL.canParse(url, baseUrl) && new URL(url, baseUrl).origin === new URL(baseUrl).origin
      ? new URL(url, baseUrl).href
      : baseUrl
  },
})

async function openForeign(house: House, asking: Asking, identity: ForeignIdentity): Promise<string> {
  const session = await sessionFromRequest(house, asking)
  const ctx = contextFor(house, session ? { kind: 'member', ...session } : nobody, asking)
  const open = house.settings.TRACKSIDE_OPEN_SIGNUP || (await comesInvited(house, asking))
  const { sessionId } = await signInWithIdentity(ctx, identity, { open, agent: header(asking, 'user-agent') })
  return sessionId
}

/** A sign-in that began on an invitation's page returns to it: its address is kept in our own cookie meanwhile. */
async function comesInvited(house: House, asking: Asking): Promise<boolean> {
  const back = cookie(asking, cookiesOf(house).callbackUrl?.name ?? '')
  const [, token] = /\/invite\/([A-Za-z0-9_-]+)$/.exec(back === undefined ? '' : decodeURIComponent(back)) ?? []
  if (!token) return false
  return findInvitation(house, { token }).then(
    () => true,
    () => false,
  )
}

const identityOf = (provider: string, subject: string, profile: ForeignProfile | undefined): ForeignIdentity => ({
  provider,
  subject,
  email: profile?.email ?? undefined,
  emailVerified: profile?.email_verified === true,
  name: profile?.name ?? undefined,
})

const inWordsOf = (error: unknown) => (isDomainError(error) ? error.message : 'Signing in did not work. Try again')

/** next-auth shows the message of what `authorize` throws: only the domain's own words may be seen. */
function inWords(error: unknown): never {
  throw new Error(inWordsOf(error))
}

const reasonOf = (metadata: unknown) =>
  metadata instanceof Error ? metadata.message : (metadata as { error?: Error } | undefined)?.error?.message
