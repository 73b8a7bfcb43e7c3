import { type Actor, nobody } from '../../actor.ts'
import { actorFromKey } from '../../domain/keys/index.ts'
import { unauthenticated } from '../../errors.ts'
import type { House } from '../../house.ts'
import { type Asking, header } from './headers.ts'
import { sessionFromRequest } from './session-from-request.ts'

/** Who asks: by a key in `Authorization: Bearer`, and then by nothing else; by the session's cookie; or nobody. */
export async function actorFromRequest(house: House, asking: Asking): Promise<Actor> {
  const authorization = header(asking, 'authorization')
  if (authorization !== undefined) {
    const [, key] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
    if (key === undefined) throw unauthenticated('Send the key as "Authorization: Bearer tsk-…"')
    return actorFromKey(house, key)
  }
  return personFromRequest(house, asking)
}

/** Who is signed in, whatever else came with the request. */
export async function personFromRequest(house: House, asking: Asking): Promise<Actor> {
  const session = await sessionFromRequest(house, asking)
  return session ? { kind: 'member', ...session } : nobody
}
