import type { IncomingMessage } from 'node:http'
import type { Settings } from '../settings.ts'

/**
 * Writes down the address by which people call the server where Next and next-auth look for it. What a stranger put
 * there counts only behind a proxy that is trusted.
 */
export function settleForwarded(
  { headers }: Pick<IncomingMessage, 'headers'>,
  settings: Pick<Settings, 'TRACKSIDE_URL' | 'TRACKSIDE_TRUST_PROXY'>,
): void {
  const { TRACKSIDE_URL, TRACKSIDE_TRUST_PROXY } = settings
  const ours = TRACKSIDE_URL === undefined ? undefined : new URL(TRACKSIDE_URL)
  const from = (name: string) => (TRACKSIDE_TRUST_PROXY ? headers[name] : undefined)
  headers['x-forwarded-host'] = ours?.host ?? from('x-forwarded-host') ?? headers.host
  headers['x-forwarded-proto'] = ours?.protocol.slice(0, -1) ?? from('x-forwarded-proto') ?? 'http'
}
