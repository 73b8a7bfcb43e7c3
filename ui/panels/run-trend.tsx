'use client'

import { useRef } from 'react'
import type { SeriesStats } from '@/protocol/series.schema'
import { runColor } from '@/ui/charts/line'
import { Sparkline } from '@/ui/charts/sparkline'
import { formatFigure } from '@/ui/format/number'
import { cn } from '@/ui/kit/cn'
import { useSeries } from '@/ui/live/use-series'
import { useInView } from './use-in-view'

const WIDTH = 52

export type RunTrendProps = {
  /** The server's own number of the run. */
  run: string
  metric: string
  order: number
  /** The value as the list knows it, until the series is read. */
  value: number | null
  /** What of the series the value is. */
  statistic?: Shown | undefined
  /** Hidden runs keep their shape without their colour. */
  off?: boolean
}

type Shown = 'first' | 'last' | 'min' | 'max' | 'mean'

/** The shape of one key of one run and one of its statistics, live: two cells of a row. The rows of a list ask together. */
export function RunTrend({ run, metric, order, value, statistic = 'last', off }: RunTrendProps) {
  const host = useRef<HTMLSpanElement>(null)
  const inView = useInView(host)
  const { series } = useSeries({ runs: [run], keys: [metric], x: 'step', window: null, width: 2 * WIDTH }, inView)
  const held = series[0]
  return (
    <>
      <span ref={host} className="inline-block h-4 w-[52px] shrink-0">
        {held ? (
          <Sparkline
            xs={held.points.steps}
            ys={held.points.values}
            color={off ? 'var(--text-off)' : runColor(order)}
            width={WIDTH}
          />
        ) : null}
      </span>
      <Value value={held ? (shownOf(held.stats, statistic) ?? value) : value} />
    </>
  )
}

function shownOf(stats: SeriesStats, statistic: Shown): number | null {
  if (statistic !== 'mean') return stats[statistic] && Number(stats[statistic].value)
  const finite = stats.count - stats.nonFinite
  return finite > 0 ? Number(stats.sum) / finite : null
}

function Value({ value }: { value: number | null }) {
  if (value === null) return <span className="text-right text-ink-3">none</span>
  return (
    <span
      title={String(value)}
      className={cn('justify-self-end whitespace-nowrap', !Number.isFinite(value) && 'text-bad')}
    >
      {formatFigure(value)}
    </span>
  )
}
