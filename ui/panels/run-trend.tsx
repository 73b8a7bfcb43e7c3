'use client'

import { useRef } from 'react'
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
  /** The last value as the list knows it, until the series is read. */
  last: number | null
  /** Hidden runs keep their shape without their colour. */
  off?: boolean
}

/** The shape of one key of one run and its last value, live: two cells of a row. The rows of a list ask together. */
export function RunTrend({ run, metric, order, last, off }: RunTrendProps) {
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
      <Value value={held?.stats.last ? Number(held.stats.last.value) : last} />
    </>
  )
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
