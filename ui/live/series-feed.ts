import type { Delta } from '@/protocol/delta'
import type { askSeries, Failure, PanelQuestion, SeriesAnswer } from './ask-series'
import type { Head, Labels } from './head'
import { GrowingSeries, type HeldSeries, seriesId } from './held-series'
import type { LiveClient, RunWatcher } from './live-client'

export type FeedState = {
  readonly series: readonly HeldSeries[]
  /** False until the first reading is here. */
  readonly read: boolean
  /** Why the latest reading failed; what was there before stays. */
  readonly failure: Failure | null
}

/** Where snapshots and deltas come from. */
export type FeedServer = { readonly live: Pick<LiveClient, 'watchRun'>; readonly ask: typeof askSeries }

const nothing: FeedState = { series: [], read: false, failure: null }

/** A watch that does not answer holds the first reading up for this long at most. */
const JOIN_PATIENCE = 1000
/** After a failure a gap asks again only when this has passed: one failing panel must not hammer the server. */
const RETRY_AFTER = 3000

/**
 * The series of one question, kept up to date: joins the live rooms of its runs first, reads the snapshot, then puts
 * only deltas above the snapshot's cursor behind it. A gap, another epoch or too many points since make it read again.
 */
export class SeriesFeed implements RunWatcher {
  state = nothing
  readonly #question: Omit<PanelQuestion, 'held'>
  readonly #server: FeedServer
  readonly #told: () => void
  readonly #series = new Map<string, GrowingSeries>()
  readonly #heads = new Map<string, Head>()
  #missing = new Set<string>()
  #leave: (() => void)[] = []
  #patience: ReturnType<typeof setTimeout> | undefined
  #giveUp: (() => void) | null = null
  #again = false
  #failedAt = 0
  #waiting: Delta[] = []

  constructor(question: Omit<PanelQuestion, 'held'>, server: FeedServer, told: () => void) {
    this.#question = question
    this.#server = server
    this.#told = told
  }

  open(): void {
    this.#missing = new Set(this.#question.runs)
    this.#leave = this.#question.runs.map(run => this.#server.live.watchRun(run, this))
    if (this.#missing.size === 0) this.#tell({ read: true })
    else this.#patience = setTimeout(() => this.#startReading(), JOIN_PATIENCE)
  }

  close(): void {
    clearTimeout(this.#patience)
    this.#patience = undefined
    for (const leave of this.#leave) leave()
    this.#leave = []
    this.#giveUp?.()
    this.#giveUp = null
    this.#waiting = []
  }

  joined(head: Head): void {
    this.#missing.delete(head.run)
    if (this.#patience !== undefined) {
      if (this.#missing.size === 0) this.#startReading()
      return
    }
    const mine = this.#heads.get(head.run)
    if (this.state.failure || mine?.epoch !== head.epoch || mine.cursor < head.cursor) this.read()
  }

  behind(): void {
    this.read()
  }

  delta(delta: Delta): void {
    // What comes before a reading is asked for is in its snapshot.
    if (this.#giveUp) this.#waiting.push(delta)
    else if (this.state.read && this.#put(delta)) this.#tell({})
  }

  /** Reads again; a reading that is under way is followed by another. */
  read(): void {
    if (this.#giveUp) {
      this.#again = true
      return
    }
    this.#again = false
    const answers: SeriesAnswer[] = []
    this.#giveUp = this.#server.ask(
      { ...this.#question, held: this.#heldHeads() },
      {
        series: answer => answers.push(answer),
        end: ({ runs }) => this.#take(answers, runs),
        failed: failure => {
          this.#giveUp = null
          this.#waiting = []
          this.#failedAt = Date.now()
          this.#tell({ failure })
        },
      },
    )
  }

  #startReading() {
    if (this.#patience === undefined) return
    clearTimeout(this.#patience)
    this.#patience = undefined
    this.read()
  }

  #take(answers: SeriesAnswer[], heads: readonly Head[]) {
    this.#giveUp = null
    this.#failedAt = 0
    const gone = new Set(this.#series.keys())
    for (const answer of answers) {
      const { run, key, labels, state } = answer.head
      const id = seriesId(run, key, labels)
      gone.delete(id)
      const mine = this.#series.get(id)
      if (state === 'full' || !mine) this.#series.set(id, new GrowingSeries(answer))
      else mine.tail(answer)
    }
    for (const id of gone) this.#series.delete(id)
    this.#heads.clear()
    for (const head of heads) this.#heads.set(head.run, head)
    const waiting = this.#waiting
    this.#waiting = []
    for (const delta of waiting) this.#put(delta)
    this.#tell({ read: true, failure: null })
    if (this.#again) this.read()
  }

  /** Whether the delta changed what is drawn. Where it cannot be put behind, the series are read again. */
  #put(delta: Delta): boolean {
    const head = this.#heads.get(delta.run)
    if (!head || head.epoch !== delta.epoch || delta.from > head.cursor) {
      if (Date.now() - this.#failedAt > RETRY_AFTER) this.read()
      return false
    }
    if (delta.to <= head.cursor) return false
    this.#heads.set(delta.run, { ...head, cursor: delta.to })
    let changed = false
    for (const { key, labels, points } of delta.series) {
      if (!this.#asksFor(key, labels)) continue
      const mine = this.#series.get(seriesId(delta.run, key, labels))
      if (!mine || this.#outgrown(mine.held)) this.read()
      mine?.put(points)
      changed ||= mine !== undefined
    }
    return changed
  }

  #asksFor(key: string, labels: Labels): boolean {
    const { keys, labels: wanted } = this.#question
    return keys.includes(key) && Object.entries(wanted ?? {}).every(([name, value]) => labels[name] === value)
  }

  /** A chosen part of the points is chosen anew before what came since outweighs it. */
  #outgrown(held: HeldSeries): boolean {
    return !held.head.every && held.fresh > 2 * this.#question.width
  }

  /** What need not be sent again; a chosen part that has grown is left out, so that it is chosen anew. */
  #heldHeads() {
    return [...this.#series.values()]
      .filter(({ held }) => held.head.every || held.fresh === 0)
      .map(({ held: { head } }) => {
        const { run, key, labels, epoch, generation } = head
        return { run, key, labels, epoch, generation, cursor: this.#heads.get(run)?.cursor ?? head.cursor }
      })
  }

  #tell(change: Partial<FeedState>) {
    this.state = { ...this.state, ...change, series: [...this.#series.values()].map(each => each.held) }
    this.#told()
  }
}
