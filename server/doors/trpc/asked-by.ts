import type { House } from '../../house.ts'
import { type Asking, actorFromRequest, contextFor, header } from '../auth/index.ts'
import type { Asked } from './init.ts'

export async function askedBy(house: House, asking: Asking): Promise<Asked> {
  const ctx = contextFor(house, await actorFromRequest(house, asking), asking)
  return { ctx, house, agent: header(asking, 'user-agent'), host: header(asking, 'host') }
}
