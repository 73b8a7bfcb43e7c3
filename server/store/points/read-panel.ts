import { atOrAfter, atOrBefore, isRising } from '../../../series/align.ts'
import { emptyFrame, pickFrame } from '../../../series/frame.ts'
import { m4 } from '../../../series/m4.ts'
import { limit } from '../../errors.ts'
import type { Tx } from '../postgres.ts'
import { chunksOf, extent, isOrderly, type Window } from './choose.ts'
import { type ChunkRow, type Columns, loadChunks } from './chunks.ts'
import { drawn, joined } from './drawn.ts'
import type { Labels } from './labels.ts'
import { EXACT_MAX, inside, readOverview } from './overview.ts'
import { quickStats, slowStats } from './read-stats.ts'
import type { StoredSeries } from './series-rows.ts'
import type { SeriesStats } from './series-stats.ts'
import { type Head, type SeriesPicture, TooLarge, takeSnapshot } from './snapshot.ts'
import type { Tail } from './tail.ts'

export interface Held {
  run: number
  key: string
  labels: Labels
  epoch: number
  generation: number
  cursor: number
}

/** What one panel asks. `starts` are the zeros of relative time (ms), by run. */
export interface PanelQuestion {
  starts: Map<number, number>
  keys: string[]
  labels?: Labels | undefined
  x: 'step' | 'time' | 'relative'
  window: Window | null
  /** Device pixels. */
  width: number
  held: Held[]
}

export interface SeriesAnswer {
  head: Head
  row: StoredSeries
  state: 'full' | 'tail' | 'same'
  total: number
  every: boolean
  /** From the points; else an overview from the pyramid. */
  exact: boolean
  domain: Window | null
  stats: SeriesStats
  points: Columns
}

export interface PanelAnswer {
  starts: Map<number, number>
  heads: Map<number, Head>
  series: SeriesAnswer[]
}

/** 24 bytes each while they are drawn: more would not fit a small server's memory. */
const POINTS_MAX = 30_000_000

/** Answers a panel from one picture of the database (a REPEATABLE READ transaction). */
export async function readPanel(
  tx: Tx,
  tail: Tail | undefined,
  question: PanelQuestion,
  most = Number.POSITIVE_INFINITY,
  exactMax = EXACT_MAX,
): Promise<PanelAnswer> {
  const { starts, keys, labels } = question
  const { heads, series } = await takeSnapshot(tx, tail, { runs: [...starts.keys()], keys, labels })
  const plans = series.map(picture => planOf(picture, question, exactMax))
  const unpacked = plans.reduce((sum, { n, overview }) => sum + (overview ? 0 : n), 0)
  if (unpacked > POINTS_MAX)
    throw limit(`This panel's window holds ${unpacked} points, more than ${POINTS_MAX}: zoom in, or show fewer runs`)
  if (plans.some(({ overview }) => overview) ? most < Number.POSITIVE_INFINITY : unpacked > most) throw new TooLarge()
  const domain = domainOf(series, question)
  const answers: SeriesAnswer[] = []
  for (const plan of plans) answers.push(await readOne(tx, plan, question, domain))
  return { starts, heads, series: answers }
}

/** What is read of a series: the chunks of the window, and whether from their points. */
interface Plan {
  picture: SeriesPicture
  by: 'step' | 'time'
  window: Window | null
  wanted: ChunkRow[]
  n: number
  overview: boolean
}

function planOf(picture: SeriesPicture, question: PanelQuestion, exactMax: number): Plan {
  const by = question.x === 'step' ? 'step' : 'time'
  const window = absolute(question, picture.row.run)
  const wanted = chunksOf(picture, by, window)
  const n = wanted.reduce((sum, chunk) => sum + chunk.n, 0)
  return { picture, by, window, wanted, n, overview: n > exactMax && isOrderly(picture) }
}

async function readOne(tx: Tx, plan: Plan, question: PanelQuestion, domain: Window | null): Promise<SeriesAnswer> {
  const { picture, by, window, wanted } = plan
  const { head, row, late } = picture
  const base = { head, row, domain, every: true, exact: true, total: 0 }
  const since = heldCursor(picture, question)
  const stats = quickStats(picture)
  if (since !== undefined && stats) {
    const fresh = joined(late.filter(({ cursor }) => cursor > since))
    const state = fresh.steps.length === 0 ? 'same' : 'tail'
    // What is committed since may be more than a plot of this width holds as points.
    if (fresh.steps.length <= mostPoints(question.width)) return { ...base, state, stats, points: fresh }
  }
  if (plan.overview) {
    const overview = await readOverview(tx.sql, row, wanted, question.width, by, window)
    const shown = cut(joined([overview.points, ...late]), by, window, domain, question, row.run)
    const xs = late.map(({ steps, times }) => (by === 'step' ? steps : times))
    const total = overview.total + xs.reduce((sum, column) => sum + inside(column, window), 0)
    const counted = stats ?? (await slowStats(tx, picture))
    return { ...base, state: 'full', stats: counted, points: shown.points, total, every: false, exact: false }
  }
  const points = drawn([...(await loadChunks(tx.sql, row.run, () => row.generation, wanted)), ...late])
  const all = wanted.length === picture.chunks.length ? points : undefined
  const shown = cut(points, by, window, domain, question, row.run)
  return { ...base, state: 'full', stats: stats ?? (await slowStats(tx, picture, all)), ...shown }
}

/** The cursor that the asker holds of this series, where all that came later is still in frames. */
function heldCursor({ head, row, chunks }: SeriesPicture, { held }: PanelQuestion): number | undefined {
  const found = held.find(
    one =>
      one.run === row.run &&
      one.key === row.key &&
      sameLabels(one.labels, row.labels) &&
      one.epoch === head.epoch &&
      one.generation === row.generation,
  )
  const sealedUpto = chunks.reduce((last, { cursorMax }) => Math.max(last, cursorMax), 0)
  return found && found.cursor >= sealedUpto && found.cursor <= head.cursor ? found.cursor : undefined
}

function sameLabels(one: Labels, other: Labels): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every(name => one[name] === other[name])
}

const mostPoints = (width: number) => Math.max(4 * width, 1000)

/** The window in steps or in times. */
function absolute({ x, window, starts }: PanelQuestion, run: number): Window | null {
  const start = x === 'relative' ? (starts.get(run) ?? 0) : 0
  return window && [window[0] + start, window[1] + start]
}

/** The x that a panel's columns are laid over: the window, else from the first to the last point of all its series. */
function domainOf(series: SeriesPicture[], question: PanelQuestion): Window | null {
  if (question.window) return question.window
  let domain: Window | null = null
  for (const picture of series) {
    const own = extent(picture, question.x === 'step' ? 'step' : 'time')
    if (!own) continue
    const start = question.x === 'relative' ? (question.starts.get(picture.row.run) ?? 0) : 0
    const [from, to] = [own[0] - start, own[1] - start]
    domain = domain ? [Math.min(domain[0], from), Math.max(domain[1], to)] : [from, to]
  }
  return domain
}

function cut(
  all: Columns,
  by: 'step' | 'time',
  window: Window | null,
  domain: Window | null,
  question: PanelQuestion,
  run: number,
) {
  const points = by === 'time' ? byTime(all) : all
  const xs = by === 'time' ? points.times : points.steps
  const first = window ? atOrAfter(xs, window[0]) : 0
  const end = window ? atOrBefore(xs, window[1]) + 1 : xs.length
  const total = Math.max(0, end - first)
  if (total === 0 && xs.length === 0) return { total, every: true, points: emptyFrame }
  const near = slice(points, Math.max(0, first - 1), Math.min(xs.length, Math.max(end, first) + 1))
  if (!domain || near.steps.length <= mostPoints(question.width)) return { total, every: true, points: near }
  const shift = question.x === 'relative' ? (question.starts.get(run) ?? 0) : 0
  const [from, to] = domain
  const columns = { from: from + shift, to: (to > from ? to : from + 1) + shift, count: question.width }
  const kept = m4(by === 'time' ? near.times : near.steps, near.values, columns)
  return { total, every: false, points: pickFrame(near, kept) }
}

const slice = ({ steps, times, values }: Columns, from: number, to: number): Columns => ({
  steps: steps.subarray(from, to),
  times: times.subarray(from, to),
  values: values.subarray(from, to),
})

/** Clocks go back, and a step drawn earlier may have been logged later. */
function byTime(points: Columns): Columns {
  if (isRising(points.times)) return points
  const order = Uint32Array.from(points.times, (_, i) => i)
  order.sort((one, other) => (points.times[one] as number) - (points.times[other] as number) || one - other)
  return pickFrame(points, order)
}
