import { toJsonReal } from '@/protocol/json-real'
import type { SeriesPart, SeriesStats } from '@/protocol/series.schema'
import { DrawnPoints } from '@/series/append'
import type { Frame } from '@/series/frame'
import type { SeriesAnswer } from './ask-series'
import type { Labels } from './head'

/** One series as the browser has it: what was read, and what has come since. */
export type HeldSeries = {
  readonly id: string
  readonly head: SeriesPart
  readonly points: Frame
  readonly stats: SeriesStats
  /** Drawn points of the window, those that came since included. */
  readonly total: number
  /** Points that came since the series was last read. */
  readonly fresh: number
}

/** A series by its run, key and labels. */
export function seriesId(run: string, key: string, labels: Labels): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([run, key, ...sorted])
}

/** Columns that grow, behind the plain `HeldSeries` that is handed out. */
export class GrowingSeries {
  held: HeldSeries
  readonly #points: DrawnPoints

  constructor({ head, points }: SeriesAnswer) {
    this.#points = new DrawnPoints(points)
    const id = seriesId(head.run, head.key, head.labels)
    this.held = { id, head, points: this.#points.drawn(), stats: head.stats, total: head.total, fresh: 0 }
  }

  /** Puts the tail of a later reading behind; its statistics are the newer ones. */
  tail({ head, points }: SeriesAnswer): void {
    const before = this.#points.length
    this.#points.put(points)
    this.held = {
      ...this.held,
      head: { ...head, every: this.held.head.every, exact: this.held.head.exact, domain: this.held.head.domain },
      points: this.#points.drawn(),
      stats: head.stats,
      total: this.held.total + this.#points.length - before,
    }
  }

  /** Puts a live delta behind. */
  put(points: Frame): void {
    const before = this.#points.length
    this.#points.put(points)
    const { held } = this
    this.held = {
      ...held,
      points: this.#points.drawn(),
      stats: laidOver(held.stats, points),
      total: held.total + this.#points.length - before,
      fresh: held.fresh + points.steps.length,
    }
  }
}

type At = NonNullable<SeriesStats['last']>

/** The statistics with new points laid over; a revision of an old extreme shows at the next reading. */
function laidOver(stats: SeriesStats, { steps, times, values }: Frame): SeriesStats {
  let { first, last, min, max, lastTime } = stats
  for (let i = 0; i < steps.length; i++) {
    const at: At = { step: steps[i] as number, value: toJsonReal(values[i] as number) }
    if (!first || at.step < first.step) first = at
    if (!last || at.step >= last.step) {
      last = at
      lastTime = times[i] as number
    }
    if (!Number.isFinite(values[i] as number)) continue
    if (!min || (values[i] as number) < Number(min.value)) min = at
    if (!max || (values[i] as number) > Number(max.value)) max = at
  }
  return { ...stats, first, last, min, max, lastTime, count: stats.count + steps.length }
}
