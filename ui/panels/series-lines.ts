import { isRising } from '@/series/align'
import { pickFrame } from '@/series/frame'
import { smoothEma } from '@/series/smooth'
import { type ChartLine, runColor, runDash, type XKind } from '@/ui/charts/line'
import type { HeldSeries } from '@/ui/live/held-series'
import type { PanelRun } from './panel-run'

/** How series become lines. */
export type LineStyle = { readonly x: XKind; readonly smoothing: number }

/** Series of the shown runs as lines: in the order of the runs, in their colours; several of one run told apart by dash. */
export function linesOf(series: readonly HeldSeries[], runs: readonly PanelRun[], style: LineStyle): ChartLine[] {
  const lines = runs.flatMap(run => {
    const mine = series.filter(each => each.head.run === run.run)
    return mine.map((each, at) => lineOf(each, run, mine.length > 1 ? labelsOf(each) : '', at, style.x))
  })
  if (style.smoothing === 0) return lines
  const range = rangeOf(lines)
  return lines.map(line => ({ ...line, raw: line.ys, ys: smoothEma(line.xs, line.ys, style.smoothing, range) }))
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
    ...(x === 'step' && { times: held.points.times, start: held.head.start }),
  }
}

const laidOut = new WeakMap<HeldSeries, Map<XKind, { xs: Float64Array; ys: Float64Array }>>()

/** x and y in drawing order: by step, or by time where time is x. Kept as long as the series stays as it is. */
function columnsOf(held: HeldSeries, x: XKind) {
  const known = laidOut.get(held) ?? new Map()
  laidOut.set(held, known)
  const done = known.get(x) ?? layOut(held, x)
  known.set(x, done)
  return done as { xs: Float64Array; ys: Float64Array }
}

function layOut({ points, head }: HeldSeries, x: XKind) {
  if (x === 'step') return { xs: points.steps, ys: points.values }
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
