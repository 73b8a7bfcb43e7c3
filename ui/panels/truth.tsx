'use client'

import { Framed } from '@/ui/charts/panel-frame'
import { formatClock } from '@/ui/format/moment'
import { formatCount } from '@/ui/format/number'
import type { HeldSeries } from '@/ui/live/held-series'
import { useLiveState } from '@/ui/live/use-live'

export type TruthProps = {
  series: readonly HeldSeries[]
  smoothing: number
  log: boolean
  /** Runs drawn, and runs there would be without a limit. */
  shown: number
  of: number
  live: boolean
  /** The latest reading failed; what is drawn is older. */
  failed: boolean
  onRetry: () => void
}

/** What the picture leaves out or changes, in the words of the truth strip. */
export function Truth({ series, smoothing, log, shown, of, live, failed, onRetry }: TruthProps) {
  const line = useLiveState()
  const away = live && (line.word === 'stale' || line.word === 'reconnecting')
  const nonFinite = series.reduce((sum, each) => sum + each.stats.nonFinite, 0)
  const offLog = log ? series.reduce((sum, each) => sum + countNotPositive(each.points.values), 0) : 0
  const every = series.every(each => each.head.every)
  return (
    <>
      {away ? <span className="text-warn">stale since {formatClock(line.since)}</span> : null}
      {failed ? (
        <button type="button" onClick={onRetry} className="rounded-sm text-bad underline">
          not up to date, try again
        </button>
      ) : null}
      <Share series={series} />
      {smoothing > 0 ? (
        <span title={every ? 'Computed from every point' : 'Computed from the points drawn'}>
          EMA {smoothing.toFixed(2)}
          {every ? null : ' of those'}
        </span>
      ) : null}
      {shown < of ? (
        <span>
          {shown} of {of} runs
        </span>
      ) : null}
      {nonFinite > 0 ? <span className="text-bad">{formatCount(nonFinite)} not finite</span> : null}
      {offLog > 0 ? <span>{formatCount(offLog)} at or below 0</span> : null}
    </>
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
