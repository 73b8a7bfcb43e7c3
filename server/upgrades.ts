import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Settings } from './settings.ts'
import { settleRequest } from './settle-request.ts'

export interface Upgrades {
  /** Taken at this path and below it. */
  path: string
  /** Checked before the connection is upgraded. */
  mayEnter(request: IncomingMessage): boolean
  take(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

/**
 * The one place that answers upgrades. Next and Socket.IO would each hang a listener of their own on this server, and
 * Next's closes every upgrade whose path is also a page, which with `/[workspace]/[project]` is nearly any.
 */
export function answerUpgrades(server: Server, settings: Settings, upgrades: Upgrades[]): void {
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    settleRequest(request, settings)
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    const taker = upgrades.find(candidate => path === candidate.path || path.startsWith(`${candidate.path}/`))
    if (!taker) return refuse(socket, '404 Not Found')
    if (!taker.mayEnter(request)) return refuse(socket, '403 Forbidden')
    taker.take(request, socket, head)
  })
}

function refuse(socket: Duplex, status: string) {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
