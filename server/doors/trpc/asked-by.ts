import type { Actor } from '../../actor.ts'
import type { House } from '../../house.ts'
import { type Asking, actorFromRequest, contextFor, header, personFromRequest } from '../auth/index.ts'
import type { Asked } from './init.ts'

/** A call of a procedure over HTTP. */
export const askedBy = async (house: House, asking: Asking) =>
  asked(house, asking, await actorFromRequest(house, asking))

/** A page that is being rendered: for people, so a key that comes with the request is nobody's. */
export const askedByPerson = async (house: House, asking: Asking) =>
  asked(house, asking, await personFromRequest(house, asking))

function asked(house: House, asking: Asking, actor: Actor): Asked {
  const ctx = contextFor(house, actor, asking)
  return { ctx, house, agent: header(asking, 'user-agent'), host: header(asking, 'host') }
}
