'use client'

import { useMemo, useRef } from 'react'
import { type ChartLine, runColor, type XKind, type XWindow } from '@/ui/charts/line'
import { LineChart } from '@/ui/charts/line-chart'
import { ErrorState } from '@/ui/kit/error-state'
import type { HeldSeries } from '@/ui/live/held-series'
import { useSeries } from '@/ui/live/use-series'
import type { PanelRun } from '../panel-run'
import { PlotSkeleton } from '../plot-skeleton'
import { type LineStyle, labelsOf, linesOf } from '../series-lines'
import { useInView } from '../use-in-view'
import { usePlotWidth } from '../use-plot-width'
import { LaneFigures } from './lane-figures'
import { type Lane, lineName } from './lanes'

export type TelemetryLaneProps = {
  lane: Lane
  note?: string
  run: PanelRun
  x: Exclude<XKind, 'value'>
  smoothing?: number
  window: XWindow | null
  onWindow: (window: XWindow | null) => void
}

/** One row of telemetry: what it is, its lines on the x that all lanes share, its figures. */
export function TelemetryLane({ lane, note, run, x, smoothing = 0, window, onWindow }: TelemetryLaneProps) {
  const host = useRef<HTMLElement>(null)
  const width = usePlotWidth(host)
  const inView = useInView(host)
  const { series, read, failure, retry } = useSeries(
    { runs: [run.run], keys: lane.keys, x, window: window ? [...window] : null, width: width ?? 64 },
    inView && width !== null,
  )
  const hosts = new Set(series.map(each => each.head.labels.host)).size
  const lines = useMemo(
    () => lanesLines(series, run, lane, { x, smoothing: { kind: 'ema', strength: smoothing } }, hosts > 1),
    [series, run, lane, x, smoothing, hosts],
  )
  return (
    <section
      ref={host}
      aria-label={lane.name}
      className="grid min-h-28 grid-cols-[208px_minmax(0,1fr)_208px] border-line border-b max-md:flex max-md:flex-col"
    >
      <div className="min-w-0 border-line px-4 pt-2 md:border-r max-md:flex max-md:gap-2 max-md:px-3">
        <h3 className="break-words font-medium font-mono text-[12px] leading-4">
          {lane.name} <span className="font-normal font-sans text-ink-3">{lane.unit}</span>
        </h3>
        <p className="t-micro mt-0.5 text-ink-3">{note ?? noteOf(lane, series, hosts)}</p>
      </div>
      <div className="flex h-28 min-w-0 flex-col py-1 pr-1 md:h-auto">
        {failure && lines.length === 0 ? (
          <ErrorState title="This lane could not be read" requestId={failure.requestId} onRetry={retry}>
            {failure.message}
          </ErrorState>
        ) : read ? (
          <LineChart
            title={lane.name}
            lines={lines}
            kind={x}
            window={window}
            onWindow={zoom => onWindow(zoom && [zoom[0], zoom[1]])}
            sync="telemetry"
            left={48}
          />
        ) : (
          <PlotSkeleton />
        )}
      </div>
      <div className="min-w-0 border-line px-3 py-2 md:border-l">
        <LaneFigures lane={lane} series={series} lines={lines} />
      </div>
    </section>
  )
}

function lanesLines(
  series: readonly HeldSeries[],
  run: PanelRun,
  lane: Lane,
  style: LineStyle,
  several: boolean,
): ChartLine[] {
  const lines = linesOf(series, [run], style)
  const keyed = series.filter(each => each.head.run === run.run)
  return lines.map((line, at) => {
    const held = keyed.find(each => each.id === line.id)
    const name = held ? lineName(lane, held.head.key) : ''
    const labels = held && several ? labelsOf(held) : ''
    return {
      ...line,
      name: [name, labels].filter(Boolean).join(', ') || run.name,
      color: keyed.length > 1 ? runColor(run.order + at) : line.color,
      dash: 0,
    }
  })
}

function noteOf(lane: Lane, series: readonly HeldSeries[], hosts: number): string {
  if (hosts > 1) return `${series.length} lines of ${hosts} hosts`
  return lane.keys.length > 1 ? `${lane.keys.length} lines` : ''
}
