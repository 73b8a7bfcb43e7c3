import type { IncomingMessage } from 'node:http'
import { askerAddress } from './doors/address.ts'
import { settleForwarded } from './doors/forwarded.ts'
import { requestId } from './log.ts'
import type { Settings } from './settings.ts'

/**
 * Writes the request's id, the asker's address, the path asked for and the public host into headers, where every door,
 * page and route handler of Next reads them; what a stranger put there is overwritten. Returns the id.
 */
export function settleRequest(request: IncomingMessage, settings: Settings): string {
  const id = requestId(request.headers['x-request-id'])
  request.headers['x-request-id'] = id
  request.headers['x-trackside-address'] = askerAddress(request, settings.TRACKSIDE_TRUST_PROXY)
  request.headers['x-trackside-path'] = request.url ?? '/'
  settleForwarded(request, settings)
  return id
}
