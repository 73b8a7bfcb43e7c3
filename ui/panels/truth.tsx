'use client'

import { isSmoothing } from '@/series/smoothing'
import { fullWindow } from '@/ui/charts/axis'
import type { ChartLine, Zoom } from '@/ui/charts/line'
import { Framed } from '@/ui/charts/panel-frame'
import { plotOf } from '@/ui/charts/plot'
import { countBeyond } from '@/ui/charts/shown'
import { formatClock } from '@/ui/format/moment'
import { formatCount } from '@/ui/format/number'
import type { HeldSeries } from '@/ui/live/held-series'
import { useLiveState } from '@/ui/live/use-live'
import { type Drawing, smoothingOf } from './line/drawing'

export type TruthProps = {
  series: readonly HeldSeries[]
  lines: readonly ChartLine[]
  drawing: Drawing
  window: Zoom | null
  /** The run that the lines are differences to. */
  base: string | null
  /** Runs drawn, and runs there would be without a limit. */
  shown: number
  of: number
  live: boolean
  /** The latest reading failed; what is drawn is older. */
  failed: boolean
  onRetry: () => void
  /** Zooms to the first value that is not finite. */
  onNonFinite?: () => void
}

const alignWords = { exact: 'same step', last: 'last before', line: 'between' } as const

/** What the picture leaves out or changes, in the words of the truth strip. */
export function Truth(props: TruthProps) {
  const { series, lines, drawing, base, shown, of, live, failed, onRetry, onNonFinite } = props
  const line = useLiveState()
  const away = live && (line.word === 'stale' || line.word === 'reconnecting')
  const nonFinite = series.reduce((sum, each) => sum + each.stats.nonFinite, 0)
  const unplaced = lines.reduce((sum, each) => sum + (each.unplaced ?? 0), 0)
  const beyond = beyondOf(props)
  return (
    <>
      {away ? <span className="text-warn">stale since {formatClock(line.since)}</span> : null}
      {failed ? (
        <button type="button" onClick={onRetry} className="rounded-sm text-bad underline">
          not up to date, try again
        </button>
      ) : null}
      <Share series={series} />
      <Smoothed series={series} drawing={drawing} />
      {base ? <span title="On the straight line between its points">minus {base}</span> : null}
      {drawing.x === 'value' ? <span title="How x is found for a point">{alignWords[drawing.align]}</span> : null}
      {unplaced > 0 ? <span>{formatCount(unplaced)} without</span> : null}
      {shown < of ? (
        <span>
          {shown} of {of} runs
        </span>
      ) : null}
      {nonFinite === 0 ? null : onNonFinite ? (
        <button
          type="button"
          onClick={onNonFinite}
          title="Go to the first one"
          className="rounded-sm text-bad underline decoration-dotted"
        >
          {formatCount(nonFinite)} not finite
        </button>
      ) : (
        <span className="text-bad">{formatCount(nonFinite)} not finite</span>
      )}
      {beyond}
    </>
  )
}

/** What the axes have no room for. */
function beyondOf({ lines, drawing, window }: TruthProps) {
  const { yScale, trim, low, high, x } = drawing
  const places = []
  if (yScale === 'log') {
    const count = lines.reduce((sum, each) => sum + countNotPositive(each.raw ?? each.ys), 0)
    if (count > 0) places.push(<span key="log">{formatCount(count)} at or below 0</span>)
  }
  if (drawing.xScale === 'log') {
    const count = lines.reduce((sum, each) => sum + countNotPositive(each.xs), 0)
    if (count > 0) places.push(<span key="x">{formatCount(count)} left of the axis</span>)
  }
  if (trim || low !== null || high !== null) {
    const shown = window ?? fullWindow(lines, x)
    const { y } = plotOf(lines, { kind: x, window, yScale, trim, range: [low, high] }, 300, 160)
    const count = countBeyond({ lines, window: [shown[0], shown[1]], log: yScale === 'log' }, y)
    if (count > 0) places.push(<span key="y">{formatCount(count)} beyond the axis</span>)
  }
  return places
}

function Smoothed({ series, drawing }: { series: readonly HeldSeries[]; drawing: Drawing }) {
  if (!isSmoothing(smoothingOf(drawing))) {
    return drawing.behind === 'band' ? <span title="The line is the mean of each stretch">min–max</span> : null
  }
  const every = series.every(each => each.head.every)
  const { smoothing, strength, by, width } = drawing
  const kind = { ema: 'EMA', gaussian: 'Gaussian', mean: 'mean', median: 'median' }[smoothing]
  const amount = smoothing === 'ema' ? strength.toFixed(2) : formatCount(width)
  return (
    <span title={every ? 'Computed from every point' : 'Computed from the points drawn'}>
      {kind} {amount}
      {smoothing !== 'ema' && by === 'x' ? ' of x' : null}
      {every ? null : ' of those'}
    </span>
  )
}

function Share({ series }: { series: readonly HeldSeries[] }) {
  if (series.every(each => each.head.every)) return <span>exact</span>
  const drawn = series.reduce((sum, each) => sum + each.points.steps.length, 0)
  const total = series.reduce((sum, each) => sum + each.total, 0)
  const exact = series.every(each => each.head.exact)
  const why = exact
    ? 'These points draw the same picture as all of them'
    : 'Drawn from summaries; zoom in for every point'
  return (
    <span title={why}>
      {exact ? null : 'overview, '}
      <Framed>
        {formatCount(drawn)} of {formatCount(total)}
      </Framed>
    </span>
  )
}

function countNotPositive(values: Float64Array): number {
  let count = 0
  for (let i = 0; i < values.length; i++) if ((values[i] as number) <= 0) count++
  return count
}
