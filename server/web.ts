import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { openDoors, type Route } from './doors/mount.ts'
import { isOurOrigin } from './doors/origin.ts'
import type { House } from './house.ts'
import { createHttp } from './http.ts'
import { openPages, type PagesMode } from './pages.ts'
import { answerUpgrades, type Upgrades } from './upgrades.ts'

type Upgrade = [request: IncomingMessage, socket: Duplex, head: Buffer]

export interface Web {
  /** Where machine doors answer, ahead of the pages. */
  paths: string[]
  /** Takes connections from now on; returns the address. */
  listen(): Promise<string>
  /** Takes no more frames, and answers those that were taken. */
  drain(): Promise<void>
  close(): Promise<void>
}

/** One HTTP server in front of the machine doors, Socket.IO and the pages. */
export async function openWeb(house: House, mode: PagesMode): Promise<Web> {
  const { settings, io, log } = house
  const pages = await openPages(mode, settings.HOST, settings.PORT)
  const doors = await openDoors(house)
  const sameOrigin = (request: IncomingMessage) => isOurOrigin(request, settings)

  const polling: Route = {
    path: '/socket.io',
    handle(request, response) {
      if (sameOrigin(request)) io.engine.handleRequest(request, response)
      else response.writeHead(403).end()
    },
  }
  const routes = [polling, ...doors.flatMap(door => door.routes ?? [])]
  const development = mode === 'development'
  const server = createHttp({ settings, log, development, routes, page: pages.handle })

  const connections = connectionsOf(server)

  const sockets: Upgrades = {
    path: '/socket.io',
    mayEnter: sameOrigin,
    take: (...upgrade: Upgrade) => io.engine.handleUpgrade(...upgrade),
  }
  const hotReload: Upgrades = {
    path: '/_next',
    mayEnter: sameOrigin,
    take: (...upgrade: Upgrade) => pages.forNext.emit('upgrade', ...upgrade),
  }
  answerUpgrades(server, settings, development ? [sockets, hotReload] : [sockets])

  return {
    paths: routes.map(({ path }) => path),
    listen: () => listen(server, settings.HOST, settings.PORT),
    async drain() {
      await Promise.all(doors.map(door => door.drain?.()))
    },
    async close() {
      await Promise.all([io.close(), closeServer(server, connections)])
      await pages.close()
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken. Choose another: --port or PORT.`) : error),
    )
    server.listen(port, host, () => {
      const shown = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host
      resolve(`http://${shown}:${(server.address() as AddressInfo).port}`)
    })
  })
}

/**
 * Answers under way get three seconds; kept-alive connections none. A peer that leaves the end of its WebSocket unanswered
 * would hold the server for half a minute: what is open after that time is cut, upgraded or not.
 */
async function closeServer(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  if (!server.listening) return
  const closed = new Promise(resolve => server.close(resolve))
  server.closeIdleConnections()
  const patience = setTimeout(() => {
    for (const socket of open) socket.destroy()
  }, 3_000)
  await closed
  clearTimeout(patience)
}

function connectionsOf(server: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>()
  server.on('connection', socket => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  return open
}
