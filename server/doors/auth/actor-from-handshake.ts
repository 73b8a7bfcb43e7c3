import type { Actor } from '../../actor.ts'
import { actorFromKey } from '../../domain/keys/index.ts'
import { forbidden, unauthenticated } from '../../errors.ts'
import type { House } from '../../house.ts'
import { isOurOrigin } from '../origin.ts'
import { type Asking, header } from './headers.ts'
import { sessionFromRequest } from './session-from-request.ts'

/**
 * Who opens a socket: by `auth.key`, and then by nothing else, or by the session's cookie, which a page of another
 * origin must not use: browsers always send an Origin with it.
 */
export async function actorFromHandshake(house: House, handshake: Asking & { auth: unknown }): Promise<Actor> {
  const { auth } = handshake
  const key = typeof auth === 'object' && auth !== null && 'key' in auth ? auth.key : undefined
  if (typeof key === 'string') return actorFromKey(house, key)
  const session = await sessionFromRequest(house, handshake)
  if (!session) throw unauthenticated()
  const origin = header(handshake, 'origin')
  const headers = { origin, host: header(handshake, 'host'), 'x-forwarded-host': header(handshake, 'x-forwarded-host') }
  if (origin === undefined || !isOurOrigin({ headers }, house.settings)) throw forbidden('This page is not ours')
  return { kind: 'member', ...session }
}
