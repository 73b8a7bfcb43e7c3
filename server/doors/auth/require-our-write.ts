import { forbidden } from '../../errors.ts'
import type { House } from '../../house.ts'
import { isOurOrigin } from '../origin.ts'
import { type Asking, header } from './headers.ts'

/**
 * A write with a cookie comes from a page of ours: no form can send JSON, no other page our Origin.
 * A key is never sent by a browser on its own: what comes with one needs neither.
 */
export function requireOurWrite({ settings }: Pick<House, 'settings'>, asking: Asking): void {
  if (header(asking, 'authorization') !== undefined) return
  const origin = header(asking, 'origin')
  const headers = { origin, host: header(asking, 'host'), 'x-forwarded-host': header(asking, 'x-forwarded-host') }
  if (origin === undefined || !isOurOrigin({ headers }, settings))
    throw forbidden('Writes come from a page of this server')
  if (!/^application\/json\b/i.test(header(asking, 'content-type') ?? ''))
    throw forbidden('Writes are sent as application/json')
}
