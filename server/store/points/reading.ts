import { availableParallelism } from 'node:os'
import type { Tx } from '../postgres.ts'
import type { RoleUrls } from '../roles.ts'
import type { Lane } from './lanes.ts'
import { type Place, Places } from './places.ts'
import type { LargeRead } from './reader.worker.ts'
import { ReaderThread } from './reader-thread.ts'

/** Two halve the time of a large panel; more would leave less for the loop that acks. */
const THREADS = Math.min(2, availableParallelism())

/** Panels that are drawn at once by the threads: each holds a transaction, whose connection appending needs too. */
const AT_ONCE = 4

/** Reads that would hold up the loop that acks, done in threads of their own. */
export class LargeReads {
  readonly #threads: ReaderThread[]
  readonly #places = new Places(AT_ONCE)

  constructor(urls: RoleUrls) {
    this.#threads = Array.from({ length: THREADS }, () => new ReaderThread(urls))
  }

  /** The whole question by one thread. Throws GivenUp soon after `signal`. */
  ask<T>(read: LargeRead, signal?: AbortSignal): Promise<T> {
    const [thread] = this.#threads.toSorted((one, other) => one.busy - other.busy) as [ReaderThread]
    return thread.ask(read, signal)
  }

  /** For one panel, that may turn out to be large. */
  place(): Place {
    return this.#places.place()
  }

  /** Threads that read the picture of this transaction, which stays open until they are done. */
  async lanesOf({ sql }: Tx, workspaceIds: string[], signal?: AbortSignal): Promise<Lane[]> {
    const { rows } = await sql.query<{ snapshot: string }>('SELECT pg_export_snapshot() AS snapshot')
    const snapshot = rows[0]?.snapshot as string
    return this.#threads.map(thread => ({
      draw: part => thread.ask({ kind: 'draw', workspaceIds, snapshot, part }, signal),
      load: part => thread.ask({ kind: 'load', workspaceIds, snapshot, part }, signal),
    }))
  }
}
