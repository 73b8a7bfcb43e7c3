import type { Actor } from '../../actor.ts'
import type { Ctx } from '../../context.ts'
import type { House } from '../../house.ts'
import { requestId as newRequestId } from '../../log.ts'
import { type Asking, header } from './headers.ts'

/** What verbs are given, for one request or one event of a socket. */
export function contextFor(house: Pick<House, 'db' | 'log'>, actor: Actor, asking: Asking): Ctx {
  const requestId = newRequestId(header(asking, 'x-request-id'))
  const address = header(asking, 'x-trackside-address') ?? ''
  return { actor, requestId, address, db: house.db, log: house.log.child({ requestId }) }
}
