import type { Actor } from './actor.ts'
import type { Log } from './log.ts'
import type { Database } from './store/postgres.ts'

/** What every verb is given first: who asks, from where, and the one way to the data. */
export interface Ctx {
  actor: Actor
  requestId: string
  /** The asker's network address, for the audit and for limits. */
  address: string
  log: Log
  db: Database
}
