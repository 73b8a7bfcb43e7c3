'use client'

import { useRef } from 'react'
import { runColor } from '@/ui/charts/line'
import { Sparkline } from '@/ui/charts/sparkline'
import { useSeries } from '@/ui/live/use-series'
import { useInView } from './use-in-view'

const WIDTH = 52

export type RunSparklineProps = {
  /** The server's own number of the run. */
  run: string
  metric: string
  order: number
  /** Hidden runs keep their shape without their colour. */
  off?: boolean
}

/** The shape of one key of one run, live. The rows of a list ask together. */
export function RunSparkline({ run, metric, order, off }: RunSparklineProps) {
  const host = useRef<HTMLSpanElement>(null)
  const inView = useInView(host)
  const { series } = useSeries({ runs: [run], keys: [metric], x: 'step', window: null, width: 2 * WIDTH }, inView)
  const points = series[0]?.points
  return (
    <span ref={host} className="inline-block h-4 w-[52px] shrink-0">
      {points ? (
        <Sparkline
          xs={points.steps}
          ys={points.values}
          color={off ? 'var(--text-off)' : runColor(order)}
          width={WIDTH}
        />
      ) : null}
    </span>
  )
}
