import { decode } from 'next-auth/jwt'
import { findSession, type LiveSession } from '../../domain/accounts/index.ts'
import type { House } from '../../house.ts'
import { cookieSecret, cookiesOf } from './cookies.ts'
import { type Asking, cookie } from './headers.ts'

type Knowing = Pick<House, 'secret' | 'settings' | 'db'>

/** The session whose cookie came with a request: the one way in which pages, tRPC, sockets and series know a person. */
export async function sessionFromRequest(house: Knowing, asking: Asking): Promise<LiveSession | null> {
  const token = cookie(asking, cookiesOf(house).sessionToken.name)
  if (!token) return null
  const sid = await sidOf(house, token)
  return sid === null ? null : findSession(house, sid)
}

/** Other cookies of ours are sealed alike: only one that names a session is one. */
async function sidOf(house: Knowing, token: string): Promise<string | null> {
  try {
    const { sid } = (await decode({ token, secret: cookieSecret(house) })) ?? {}
    return typeof sid === 'string' ? sid : null
  } catch {
    return null
  }
}
