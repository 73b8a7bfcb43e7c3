import type { Log } from '../../log.ts'
import { isFaultOfData } from '../fault-of-data.ts'
import type { Database } from '../postgres.ts'
import { type Answer, type Arrival, type Committed, commitGroup, type KnownSeries } from './commit.ts'
import type { Pace } from './pace.ts'
import { quarantine } from './quarantine.ts'

/** A group waits this long behind the start of the one before: all frames of that time share its commit. */
const GATHER_MS = 10
const GROUP_BYTES_MAX = 4 << 20
const KNOWN_MAX = 500_000

interface Waiting {
  arrival: Arrival
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/** Why a frame was not taken, when it was the server's fault: nothing was kept, or nobody knows; send it again. */
export class BusyError extends Error {
  override readonly name = 'BusyError'
  readonly retryAfterMs: number

  constructor(retryAfterMs: number, cause?: unknown) {
    super('The server cannot take this now', { cause })
    this.retryAfterMs = retryAfterMs
  }
}

/**
 * Frames on their way to the database, committed in groups. Leading edge: after a quiet spell the first goes at once; what
 * comes while a commit is under way, or within 10 ms of its start, is the next group.
 */
export class GroupCommit {
  readonly #db: Database
  readonly #log: Log
  readonly #committed: (done: Committed, group: Arrival[]) => void
  readonly #bytesMax: number
  readonly #pace: Pace
  readonly #known: KnownSeries = new Map()
  #knownSize = 0
  #queue: Waiting[] = []
  #bytes = 0
  #running = false
  #timer: NodeJS.Timeout | undefined
  #nextStart = Number.NEGATIVE_INFINITY
  #idle: (() => void)[] = []

  constructor(
    db: Database,
    log: Log,
    { bytesMax, pace }: { bytesMax: number; pace: Pace },
    committed: (done: Committed, group: Arrival[]) => void,
  ) {
    this.#db = db
    this.#log = log
    this.#bytesMax = bytesMax
    this.#pace = pace
    this.#committed = committed
  }

  /** Settles after the commit. Throws BusyError where the queue or level 0 is full, or the database is away. */
  add(arrival: Arrival): Promise<Answer> {
    if (this.#pace.full) return Promise.reject(new BusyError(500))
    if (this.#bytes + arrival.body.length > this.#bytesMax) return Promise.reject(new BusyError(200))
    this.#bytes += arrival.body.length
    return new Promise<Answer>((resolve, reject) => {
      this.#queue.push({ arrival, resolve, reject })
      this.#wake()
    })
  }

  /** Settles when nothing is on its way. */
  drained(): Promise<void> {
    if (!this.#running && this.#queue.length === 0) return Promise.resolve()
    return new Promise(resolve => this.#idle.push(resolve))
  }

  #wake(): void {
    if (this.#running || this.#timer || this.#queue.length === 0) return
    const wait = this.#nextStart - performance.now()
    if (wait <= 0) this.#start()
    else
      this.#timer = setTimeout(() => {
        this.#timer = undefined
        this.#start()
      }, wait)
  }

  #start(): void {
    this.#running = true
    const group = this.#next()
    const bytes = group.reduce((sum, { arrival }) => sum + arrival.body.length, 0)
    this.#nextStart = performance.now() + Math.max(GATHER_MS, this.#pace.spacing(bytes))
    this.#run(group).finally(() => {
      this.#running = false
      this.#bytes -= bytes
      this.#wake()
      if (!this.#running && this.#queue.length === 0) for (const resolve of this.#idle.splice(0)) resolve()
    })
  }

  #next(): Waiting[] {
    let bytes = 0
    const end = this.#queue.findIndex(({ arrival }) => {
      bytes += arrival.body.length
      return bytes > GROUP_BYTES_MAX
    })
    return this.#queue.splice(0, end < 0 ? this.#queue.length : Math.max(1, end))
  }

  /** A group that fails is tried again frame by frame; what fails alone is quarantined, its neighbours are kept. */
  async #run(group: Waiting[]): Promise<void> {
    try {
      const { answers } = await this.#commit(group.map(({ arrival }) => arrival))
      group.forEach(({ resolve }, i) => {
        resolve(answers[i] as Answer)
      })
    } catch (error) {
      if (!isFaultOfData(error)) {
        this.#log.warn({ error, frames: group.length }, 'a group of frames was not committed')
        for (const { reject } of group) reject(new BusyError(1000, error))
      } else if (group.length > 1) for (const one of group) await this.#run([one])
      else await this.#setAside(group[0] as Waiting, error as Error)
    }
  }

  async #setAside({ arrival, resolve, reject }: Waiting, error: Error): Promise<void> {
    this.#log.error({ error, run: arrival.run, first: arrival.frame.first }, 'a frame could not be stored')
    try {
      resolve(await this.#db.inWorkspace(arrival.workspaceId, tx => quarantine(tx, arrival, error.message)))
    } catch (cause) {
      reject(new BusyError(1000, cause))
    }
  }

  async #commit(group: Arrival[]): Promise<Committed> {
    const workspaces = [...new Set(group.map(({ workspaceId }) => workspaceId))]
    const done = await this.#db.inWorkspace(workspaces, tx => commitGroup(tx, group, this.#known))
    this.#remember(done.fresh)
    this.#pace.committed(done.kept.reduce((sum, { bytes }) => sum + bytes, 0))
    this.#committed(done, group)
    return done
  }

  #remember(fresh: Committed['fresh']): void {
    this.#knownSize += fresh.length
    if (this.#knownSize > KNOWN_MAX) {
      this.#known.clear()
      this.#knownSize = fresh.length
    }
    for (const { run, name } of fresh) {
      const names = this.#known.get(run) ?? new Set()
      this.#known.set(run, names.add(name))
    }
  }
}
