import { isRising } from '@/series/align'
import { pick, pickFrame } from '@/series/frame'
import { type Alignment, valuesAt } from '@/series/join'
import { isSmoothing, type Smoothing, smooth } from '@/series/smoothing'
import { type ChartLine, runColor, runDash, type XKind } from '@/ui/charts/line'
import type { HeldSeries } from '@/ui/live/held-series'
import type { PanelRun } from './panel-run'

/** How series become lines. */
export type LineStyle = {
  readonly x: XKind
  readonly smoothing: Smoothing
  /** Where x is the value of another key: that key, and how its values are found at the steps of the points. */
  readonly xKey?: string
  readonly align?: Alignment
  /** The run, by its number, that the others are shown as differences to. */
  readonly base?: string
}

type Columns = { readonly xs: Float64Array; readonly ys: Float64Array }

/** Series of the shown runs as lines: in the order of the runs, in their colours; several of one run told apart by dash. */
export function linesOf(series: readonly HeldSeries[], runs: readonly PanelRun[], style: LineStyle): ChartLine[] {
  const drawn = style.x === 'value' ? series.filter(each => each.head.key !== style.xKey) : series
  const lines = runs.flatMap(run => {
    const mine = drawn.filter(each => each.head.run === run.run)
    return mine.map((held, at) => ({
      held,
      line: lineOf(held, run, mine.length > 1 ? labelsOf(held) : '', at, style.x),
    }))
  })
  const range = rangeOf(lines.map(({ line }) => line))
  return lines.map(({ held, line }) => {
    const differing = style.base ? differenceTo(baseOf(held, series, style.base), line, style.x) : line
    const smoothed = isSmoothing(style.smoothing)
      ? { ...differing, raw: differing.ys, ys: smooth(line.xs, differing.ys, style.smoothing, range) }
      : differing
    return style.x === 'value' ? joined(smoothed, held, xSeriesOf(held, series, style.xKey), style.align) : smoothed
  })
}

function lineOf(held: HeldSeries, run: PanelRun, labels: string, at: number, x: XKind): ChartLine {
  const { xs, ys } = columnsOf(held, x)
  return {
    id: held.id,
    name: labels ? `${run.name} ${labels}` : run.name,
    color: runColor(run.order),
    dash: (runDash(run.order) + at) % 4,
    xs,
    ys,
    live: run.live,
    ...((x === 'step' || x === 'value') && { times: held.points.times, start: held.head.start }),
  }
}

const laidOut = new WeakMap<HeldSeries, Map<XKind, Columns>>()

/** x and y in drawing order: by step, or by time where time is x. Kept as long as the series stays as it is. */
function columnsOf(held: HeldSeries, x: XKind): Columns {
  const known = laidOut.get(held) ?? new Map<XKind, Columns>()
  laidOut.set(held, known)
  const done = known.get(x) ?? layOut(held, x)
  known.set(x, done)
  return done
}

function layOut({ points, head }: HeldSeries, x: XKind): Columns {
  if (x === 'step' || x === 'value') return { xs: points.steps, ys: points.values }
  const { times } = points
  const order = Uint32Array.from(times, (_, i) => i)
  const rising = isRising(times)
    ? points
    : pickFrame(
        points,
        order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b),
      )
  if (x === 'time') return { xs: rising.times, ys: rising.values }
  return { xs: rising.times.map(time => time - head.start), ys: rising.values }
}

/** The series that shares most with `held`: its labels where it has them, else the one without. */
function partnerOf(held: HeldSeries, candidates: readonly HeldSeries[]): HeldSeries | undefined {
  const labels = labelsOf(held)
  return candidates.find(each => labelsOf(each) === labels) ?? candidates.find(each => labelsOf(each) === '')
}

function baseOf(held: HeldSeries, series: readonly HeldSeries[], base: string) {
  return partnerOf(
    held,
    series.filter(({ head }) => head.run === base && head.key === held.head.key),
  )
}

function xSeriesOf(held: HeldSeries, series: readonly HeldSeries[], key: string | undefined) {
  return partnerOf(
    held,
    series.filter(({ head }) => head.run === held.head.run && head.key === key),
  )
}

/** What the line is above the base at the same x, on the straight line between the base's points. */
function differenceTo(base: HeldSeries | undefined, line: ChartLine, x: XKind): ChartLine {
  if (!base) return without(line, new Float64Array(line.xs.length).fill(1))
  const { xs, ys } = columnsOf(base, x)
  const under = valuesAt(xs, ys, line.xs, 'line')
  return without(
    { ...line, ys: line.ys.map((y, i) => y - (under[i] as number)) },
    under.map((y, i) => (Number.isNaN(y) && !Number.isNaN(line.ys[i] as number) ? 1 : 0)),
  )
}

/** The line over the values of another series of its run, found at the steps of its points. */
function joined(
  line: ChartLine,
  held: HeldSeries,
  over: HeldSeries | undefined,
  align: Alignment = 'exact',
): ChartLine {
  const xs = over
    ? valuesAt(over.points.steps, over.points.values, held.points.steps.subarray(0, line.xs.length), align)
    : new Float64Array(line.xs.length).fill(Number.NaN)
  const placed = without(
    { ...line, xs },
    xs.map(x => (Number.isFinite(x) ? 0 : 1)),
  )
  return isRising(placed.xs) ? placed : { ...placed, back: true }
}

/** The line without the points where `gone` is not 0, which it counts. */
function without(line: ChartLine, gone: Float64Array): ChartLine {
  const kept = Uint32Array.from(gone, (_, i) => i).filter(i => gone[i] === 0)
  if (kept.length === gone.length) return line
  return {
    ...line,
    xs: pick(line.xs, kept),
    ys: pick(line.ys, kept),
    unplaced: gone.length - kept.length,
    ...(line.raw && { raw: pick(line.raw, kept) }),
    ...(line.times && { times: pick(line.times, kept) }),
  }
}

function rangeOf(lines: readonly ChartLine[]): number {
  const from = Math.min(...lines.map(line => line.xs[0] ?? Number.POSITIVE_INFINITY))
  const to = Math.max(...lines.map(line => line.xs.at(-1) ?? Number.NEGATIVE_INFINITY))
  return to > from ? to - from : 0
}

/** "rank 3, host node-a" */
export function labelsOf({ head }: HeldSeries): string {
  return Object.entries(head.labels)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}
