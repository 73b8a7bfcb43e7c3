import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'

const script = 'application/javascript; charset=UTF-8' // as Next says it

/** A server behind the proxy that tells what reached it, with Socket.IO set as Trackside sets it. */
export async function startOrigin() {
  const seen: { path: string; headers: IncomingHttpHeaders }[] = []
  let series: ServerResponse | undefined
  const http = createServer((request, response) => {
    if (request.url?.startsWith('/_next/'))
      return response.setHeader('content-type', script).end('// script\n'.repeat(2_000))
    if (!request.url?.startsWith('/api/series')) return response.end('origin')
    response.setHeader('content-type', 'application/octet-stream')
    response.write('first')
    series = response
  })
  const io = new Server(http, { perMessageDeflate: false, transports: ['websocket', 'polling'] })
  io.on('connection', socket => socket.on('frame', (body: Buffer, ack: (body: Buffer) => void) => ack(body)))
  for (const event of ['request', 'upgrade'])
    http.prependListener(event, ({ url, headers }: IncomingMessage) => seen.push({ path: url ?? '', headers }))
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return {
    port: (http.address() as AddressInfo).port,
    seen,
    /** Ends the answer to /api/series, of which only the first piece was written. */
    finishSeries: () => series?.end('last'),
    /** Settles when nobody waits for the answer to /api/series any more. */
    abandoned: async () => series?.closed || once(series as ServerResponse, 'close'),
    close() {
      const closed = io.close()
      http.closeAllConnections()
      return closed
    },
  }
}
