import type { IncomingMessage } from 'node:http'
import type { Settings } from '../settings.ts'

/**
 * Browsers say where a page came from: a page of another origin must not open a socket with its visitor's cookie.
 * Programs send no Origin, or that of the host they call; they come with a key.
 */
export function isOurOrigin(
  { headers }: Pick<IncomingMessage, 'headers'>,
  settings: Pick<Settings, 'TRACKSIDE_URL' | 'TRACKSIDE_TRUST_PROXY'>,
): boolean {
  const { origin } = headers
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  const forwarded = settings.TRACKSIDE_TRUST_PROXY ? headers['x-forwarded-host'] : undefined
  const ours = [headers.host, forwarded, settings.TRACKSIDE_URL && new URL(settings.TRACKSIDE_URL).host]
  return ours.includes(new URL(origin).host)
}
