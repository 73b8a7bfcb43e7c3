'use client'

import { useMemo } from 'react'
import type { XKind, Zoom } from '@/ui/charts/line'
import type { ChartAxes } from '@/ui/charts/line-chart'
import type { Look } from '@/ui/charts/look'
import { useSeries } from '@/ui/live/use-series'
import type { PanelRun } from '../panel-run'
import { linesOf } from '../series-lines'
import { type Drawing, smoothingOf } from './drawing'

/** The most device pixels that a reading takes: joined by step, as many points as may be are wanted. */
const WIDEST = 16_384

type Wanted = {
  metric: string
  runs: readonly PanelRun[]
  drawing: Drawing
  window: Zoom | null
  /** Device pixels; null while they are not known. */
  width: number | null
  active: boolean
}

/** What a panel draws of one key: its series, live, as lines, with the axes and the look that its settings ask for. */
export function usePanelLines({ metric, runs, drawing: latest, window, width, active }: Wanted) {
  const drawing = useSame(latest)
  const joined = drawing.x === 'value'
  const based = basedOn(drawing)
  const { series, read, failure, retry } = useSeries(
    { ...askedOf(metric, runs, drawing, window), width: joined ? WIDEST : readWidth(width ?? 64, drawing) },
    active && width !== null,
  )
  const lines = useMemo(() => {
    const { x, xKey, align } = drawing
    return linesOf(series, runs, { x, xKey, align, base: based, smoothing: smoothingOf(drawing) })
  }, [series, runs, drawing, based])
  const axes = useMemo<ChartAxes>(() => {
    const { xScale, yScale, low, high, trim } = drawing
    return { xScale, yScale, range: [low, high], trim }
  }, [drawing])
  const look = useMemo<Look>(() => ({ curve: drawing.curve, behind: drawing.behind }), [drawing])
  const own = useMemo(() => series.filter(({ head }) => head.key === metric), [series, metric])
  return { drawing, series: own, read, failure, retry, lines, axes, look, based }
}

const basedOn = ({ base, x }: Drawing) => (x === 'value' ? '' : base)

/** What a panel asks of the server, but for its width. */
export function askedOf(metric: string, runs: readonly PanelRun[], drawing: Drawing, window: Zoom | null) {
  const joined = drawing.x === 'value'
  const based = basedOn(drawing)
  const numbers = runs.map(run => run.run)
  return {
    runs: based && !numbers.includes(based) ? [...numbers, based] : numbers,
    keys: joined && drawing.xKey ? [metric, drawing.xKey] : [metric],
    x: joined ? ('step' as const) : (drawing.x as Exclude<XKind, 'value'>),
    window: window && !joined ? ([window[0], window[1]] as [number, number]) : null,
  }
}

/** The start of a log axis of x takes most of the room and few of the points. */
const readWidth = (width: number, { xScale }: Drawing) => Math.min(xScale === 'linear' ? width : width * 4, WIDEST)

/** The drawing of before while it says the same. */
function useSame(drawing: Drawing): Drawing {
  const said = JSON.stringify(drawing)
  return useMemo(() => JSON.parse(said) as Drawing, [said])
}
