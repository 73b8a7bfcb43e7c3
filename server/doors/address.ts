import type { IncomingMessage } from 'node:http'

/** The asker's address. Behind a proxy that is trusted, what the nearest one saw. */
export function askerAddress(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = request.headers['x-forwarded-for']
  const nearest = trustProxy && typeof forwarded === 'string' ? forwarded.split(',').at(-1)?.trim() : undefined
  return nearest || plain(request.socket.remoteAddress ?? '')
}

/** True when the request began on this machine: a proxy on loopback forwards others' requests and says so. */
export function fromLoopback(request: IncomingMessage, trustProxy: boolean): boolean {
  const { headers } = request
  if (!trustProxy && (headers['x-forwarded-for'] || headers.forwarded || headers['x-real-ip'])) return false
  const address = askerAddress(request, trustProxy)
  return address === '::1' || /^127\./.test(address)
}

const plain = (address: string) => address.replace(/^::ffff:/, '')
