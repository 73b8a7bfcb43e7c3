import { performance } from 'node:perf_hooks'
import type { Database } from '../postgres.ts'
import { FieldWriter } from './fields.ts'
import type { SealingWord } from './pace.ts'
import { ringBytes, turnRing } from './ring.ts'
import { sealRun } from './seal.ts'

/** A run is sealed when its frames weigh this much, or the oldest of them is this old. */
export interface SealingLimits {
  bytes: number
  ageMs: number
  ring: { ageMs: number; bytes: number }
}

export const sealingLimits: SealingLimits = { bytes: 2 << 20, ageMs: 5_000, ring: { ageMs: 30_000, bytes: 64 << 20 } }

/** Besides a seal that took so long, so many times as long is left to others: small runs then gather more for the next one. */
const REST = 3
const TURN_MS = 1_000
const RESCAN_MS = 60_000

interface Dirty {
  bytes: number
  since: number
}

/** Turns frames into chunks, one run after the other, the heaviest first, then the oldest. */
export class Sealer {
  readonly #db: Database
  readonly #limits: SealingLimits
  readonly #tell: (word: SealingWord) => void
  readonly #fail: (error: unknown, run?: number) => void
  readonly #dirty = new Map<number, Dirty>()
  readonly #fields: FieldWriter
  #wake: () => void = () => {}
  #stopped = false
  #turned = 0
  /** Since the last word. */
  #work = { bytes: 0, ms: 0 }
  #scanned = Number.NEGATIVE_INFINITY

  constructor(
    db: Database,
    tell: (word: SealingWord) => void,
    fail: (error: unknown, run?: number) => void,
    limits = sealingLimits,
  ) {
    this.#db = db
    this.#tell = tell
    this.#fail = fail
    this.#limits = limits
    this.#fields = new FieldWriter(db)
  }

  /** Frames of this run were committed. */
  note(run: number, bytes: number): void {
    const dirty = this.#dirty.get(run)
    if (dirty) dirty.bytes += bytes
    else this.#dirty.set(run, { bytes, since: performance.now() })
    if ((dirty?.bytes ?? bytes) >= this.#limits.bytes) this.#wake()
  }

  stop(): void {
    this.#stopped = true
    this.#wake()
  }

  /** Until it is stopped. */
  async work(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#round()
      } catch (error) {
        this.#fail(error)
        await this.#sleep(1000)
      }
    }
  }

  async #round(): Promise<void> {
    const now = performance.now()
    if (now - this.#scanned > RESCAN_MS) await this.#scan(now)
    const run = this.#due(now)
    if (run !== undefined) await this.#seal(run)
    if (now - this.#turned > TURN_MS) {
      this.#turned = now
      await turnRing(this.#db, this.#limits.ring)
      await this.#report()
      await this.#fields.flush()
    }
    if (run === undefined) await this.#sleep(250)
  }

  async #report(): Promise<void> {
    const { bytes, ms } = this.#work
    this.#work = { bytes: 0, ms: 0 }
    this.#tell({ level0: await ringBytes(this.#db), bytesPerSecond: bytes > 0 ? (1000 * bytes) / ms : undefined })
  }

  /** What a restart, or another node, left. */
  async #scan(now: number): Promise<void> {
    this.#scanned = now
    const { rows } = await this.#db.acrossWorkspaces(({ sql }) =>
      sql.query<{ run: string }>('SELECT run FROM metric_head WHERE cursor > sealed'),
    )
    for (const { run } of rows)
      if (!this.#dirty.has(Number(run))) this.#dirty.set(Number(run), { bytes: 0, since: now })
  }

  #due(now: number): number | undefined {
    let best: number | undefined
    let most = 0
    for (const [run, { bytes, since }] of this.#dirty) {
      const weight = Math.max(bytes / this.#limits.bytes, (now - since) / this.#limits.ageMs)
      if (weight >= 1 && weight > most) {
        best = run
        most = weight
      }
    }
    return best
  }

  async #seal(run: number): Promise<void> {
    const before = this.#dirty.get(run)
    const heavy = (before?.bytes ?? 0) >= this.#limits.bytes
    this.#dirty.delete(run)
    const began = performance.now()
    try {
      const sealed = await this.#db.acrossWorkspaces(tx => sealRun(tx, run), { timeoutMs: 120_000 })
      if (sealed === undefined || sealed.more) this.#again(run, heavy)
      if (sealed && sealed.points > 0) this.#fields.note(run)
      this.#work.bytes += sealed?.bytes ?? 0
      this.#work.ms += performance.now() - began
    } catch (error) {
      this.#fail(error, run)
      this.#again(run, false)
    }
    if (!heavy) await this.#sleep(REST * (performance.now() - began))
  }

  #again(run: number, heavy: boolean): void {
    const { bytes } = this.#dirty.get(run) ?? { bytes: 0 }
    this.#dirty.set(run, { bytes: heavy ? Math.max(bytes, this.#limits.bytes) : bytes, since: performance.now() })
  }

  #sleep(ms: number): Promise<void> {
    if (this.#stopped) return Promise.resolve()
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
