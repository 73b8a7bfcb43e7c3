import type { Server as SocketServer } from 'socket.io'
import type { Log } from './log.ts'
import type { Settings } from './settings.ts'
import type { Bus } from './store/bus.ts'
import { forget, once } from './store/once.ts'
import type { Database } from './store/postgres.ts'

/** What a running server consists of: given to every door and job when it opens. */
export interface House {
  settings: Settings
  /** The server's secret; take `derivedSecret(secret, purpose)` of it, never itself. */
  secret: string
  db: Database
  bus: Bus
  log: Log
  io: SocketServer
  /** The address that people use: TRACKSIDE_URL, else where the server listens. Known once it does. */
  publicUrl(): string
}

/** The house of this process, for Next's route handlers, which nobody hands anything. */
export function house(): House {
  return once('house', () => {
    throw new Error('The server is not running: pages and routes are served by server/main.ts')
  })
}

export function moveIn(value: House): void {
  forget('house')
  once('house', () => value)
}

export function moveOut(): void {
  forget('house')
}
