import type { OAuthConfig } from 'next-auth/providers/oauth'
import type { Settings } from '../../settings.ts'

/** What we take from any of them; whether the address is verified decides whom it may be linked to. */
export interface ForeignProfile {
  sub: string
  name?: string | null
  email?: string | null
  email_verified?: boolean
}

const shown = ({ sub, name, email }: ForeignProfile) => ({ id: sub, name: name ?? null, email: email ?? null })

/** The providers whose variables are set. */
export function foreignProviders(settings: Settings): OAuthConfig<ForeignProfile>[] {
  const { GITHUB_ID, GITHUB_SECRET, GOOGLE_ID, GOOGLE_SECRET, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } =
    settings
  const providers: OAuthConfig<ForeignProfile>[] = []
  if (GITHUB_ID && GITHUB_SECRET) providers.push(github(GITHUB_ID, GITHUB_SECRET))
  if (GOOGLE_ID && GOOGLE_SECRET)
    providers.push(openId('google', 'Google', 'https://accounts.google.com', GOOGLE_ID, GOOGLE_SECRET))
  if (OIDC_ISSUER && OIDC_CLIENT_ID && OIDC_CLIENT_SECRET)
    providers.push(
      openId('oidc', 'single sign-on', OIDC_ISSUER.replace(/\/+$/, ''), OIDC_CLIENT_ID, OIDC_CLIENT_SECRET),
    )
  return providers
}

function openId(
  id: string,
  name: string,
  issuer: string,
  clientId: string,
  clientSecret: string,
): OAuthConfig<ForeignProfile> {
  return {
    id,
    name,
    type: 'oauth',
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    clientId,
    clientSecret,
    profile: shown,
  }
}

interface GitHubUser {
  id: number
  login: string
  name?: string | null
}
interface GitHubEmail {
  email: string
  primary: boolean
  verified: boolean
}

function github(clientId: string, clientSecret: string): OAuthConfig<ForeignProfile> {
  return {
    id: 'github',
    name: 'GitHub',
    type: 'oauth',
    authorization: { url: 'https://github.com/login/oauth/authorize', params: { scope: 'read:user user:email' } },
    token: 'https://github.com/login/oauth/access_token',
    userinfo: {
      url: 'https://api.github.com/user',
      // The profile's own address says nothing about whether it is verified; the list does.
      async request({ tokens }) {
        const headers = { authorization: `Bearer ${tokens.access_token}`, accept: 'application/vnd.github+json' }
        const ask = async <T>(path: string): Promise<T> => {
          const answer = await fetch(`https://api.github.com${path}`, { headers })
          if (!answer.ok) throw new Error(`GitHub answered ${answer.status} to ${path}`)
          return (await answer.json()) as T
        }
        const [user, emails] = await Promise.all([ask<GitHubUser>('/user'), ask<GitHubEmail[]>('/user/emails')])
        const first = emails.find(({ primary }) => primary)
        return {
          sub: String(user.id),
          name: user.name ?? user.login,
          email: first?.email,
          email_verified: first?.verified,
        }
      },
    },
    checks: ['pkce', 'state'],
    clientId,
    clientSecret,
    profile: shown,
  }
}
