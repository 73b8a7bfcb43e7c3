import type { IncomingHttpHeaders } from 'node:http'

/** A request as Node, Next and Socket.IO's handshake know it. */
export interface Asking {
  headers: IncomingHttpHeaders | Headers
}

export function header({ headers }: Asking, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

export function cookie(asking: Asking, name: string): string | undefined {
  for (const pair of (header(asking, 'cookie') ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}
