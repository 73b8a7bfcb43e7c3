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

/** After a failure a gap asks again only when this has passed: one failing panel must not hammer the server. */
const RETRY_AFTER = 3000

/**
 * The series of one question, kept up to date: joins the live rooms of its runs and reads the snapshot at once, then puts
 * only deltas above the snapshot's cursor behind it. A room joined beyond the snapshot, a gap, another epoch or too many
 * points since make it read again.
 */
export class SeriesFeed implements RunWatcher {
  state = nothing
  readonly #question: Omit<PanelQuestion, 'held'>
  readonly #server: FeedServer
  readonly #told: () => void
  readonly #series = new Map<string, GrowingSeries>()
  readonly #heads = new Map<string, Head>()
  /** Where the rooms stood that were joined while a reading was under way: deltas begin there. */
  #joins: Head[] = []
  #leave: (() => void)[] = []
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
    const { runs } = this.#question
    if (runs.length === 0) this.#tell({ read: true })
    else this.read()
    this.#leave = runs.map(run => this.#server.live.watchRun(run, this))
  }

  close(): void {
    for (const leave of this.#leave) leave()
    this.#leave = []
    this.#giveUp?.()
    this.#giveUp = null
    this.#waiting = []
  }

  joined(head: Head): void {
    if (this.#giveUp) this.#joins.push(head)
    else if (this.state.failure || !this.#reaches(head)) this.read()
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
    this.#joins = []
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

  /** Whether the deltas of a room joined there go on from what was read. */
  #reaches({ run, epoch, cursor }: Head): boolean {
    const mine = this.#heads.get(run)
    return mine?.epoch === epoch && mine.cursor >= cursor
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
    const joins = this.#joins
    const waiting = this.#waiting
    this.#waiting = []
    for (const delta of waiting) this.#put(delta)
    this.#tell({ read: true, failure: null })
    if (!this.#giveUp && (this.#again || !joins.every(join => this.#reaches(join)))) this.read()
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
