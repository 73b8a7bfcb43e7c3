import type { CookiesOptions } from 'next-auth'
import type { House } from '../../house.ts'
import { derivedSecret } from '../../secret.ts'

/** Seals the session's cookie. */
export const cookieSecret = ({ secret }: Pick<House, 'secret'>) => derivedSecret(secret, 'cookies')

const quarterOfAnHour = 15 * 60

/**
 * Cookies know no port: two servers on one machine would sign each other out, so each has names of its own.
 * With https they are locked to this host.
 */
export function cookiesOf(
  house: Pick<House, 'secret' | 'settings'>,
): CookiesOptions & { sessionToken: { name: string } } {
  const secure = house.settings.TRACKSIDE_URL?.startsWith('https:') ?? false
  const prefix = `${secure ? '__Host-' : ''}trackside-${derivedSecret(house.secret, 'cookie names').slice(0, 6)}`
  const cookie = (name: string, maxAge?: number) => ({
    name: `${prefix}-${name}`,
    options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure, ...(maxAge && { maxAge }) },
  })
  return {
    sessionToken: cookie('session'),
    callbackUrl: cookie('callback'),
    csrfToken: cookie('csrf'),
    pkceCodeVerifier: cookie('pkce', quarterOfAnHour),
    state: cookie('state', quarterOfAnHour),
    nonce: cookie('nonce', quarterOfAnHour),
  }
}
