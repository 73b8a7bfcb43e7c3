'use client'

import { type PointerEvent, useMemo, useRef, useState } from 'react'
import { m4 } from '@/series/m4'
import type { ChartLine, Zoom } from '@/ui/charts/line'
import { type Plot, plotOf, xToPixel, yToPixel } from '@/ui/charts/plot'
import { placeIn } from '@/ui/charts/use-gestures'
import { useSize } from '@/ui/charts/use-size'
import { brushOf, panBy, zoomOf } from '@/ui/charts/zooming'
import type { PanelRun } from '../panel-run'
import type { Drawing } from './drawing'
import { usePanelLines } from './use-panel-lines'

export type MinimapProps = {
  metric: string
  runs: readonly PanelRun[]
  drawing: Drawing
  window: Zoom | null
  onWindow: (window: Zoom | null) => void
  active: boolean
}

const HEIGHT = 34
/** Lines beyond this many are a smear at this size. */
const MOST = 20

/** The whole run below a zoomed plot: drag in it to choose a window, drag the window to move it. Keys do the same in the plot. */
export function Minimap({ metric, runs, drawing, window, onWindow, active }: MinimapProps) {
  const host = useRef<HTMLDivElement>(null)
  const { width } = useSize(host)
  const whole = usePanelLines({ metric, runs, drawing, window: null, width: width > 0 ? width : null, active })
  const plot = useMemo(() => {
    const { top: _, ...bare } = plotOf(whole.lines, { ...whole.axes, kind: drawing.x, window: null }, width, HEIGHT)
    return { ...bare, left: 12, width: Math.max(width - 24, 1), top: 3, height: HEIGHT - 6 }
  }, [whole.lines, whole.axes, drawing.x, width])
  const [from, setFrom] = useState<{ at: readonly [number, number]; moves: boolean } | null>(null)
  const [draft, setDraft] = useState<Zoom | null>(null)
  const seen = draft ?? window
  const local = (event: PointerEvent) => placeIn(host.current, event).at
  const inside = ([px]: readonly [number, number]) =>
    window !== null && px >= xToPixel(plot, window[0]) && px <= xToPixel(plot, window[1])
  const draftOf = (to: readonly [number, number]): Zoom | null => {
    if (!from) return null
    const marked = brushOf(plot, from.at, [to[0], from.at[1]])
    if (!from.moves || !window) return marked && zoomOf(plot, marked)
    const own = { ...plot, x: { ...plot.x, low: window[0], high: window[1] } }
    const share = xToPixel(plot, window[1]) - xToPixel(plot, window[0])
    return panBy(own, window, (to[0] - from.at[0]) / Math.max(share, 1))
  }
  return (
    <div
      ref={host}
      aria-hidden
      data-minimap
      className="relative mx-0 h-[34px] shrink-0 cursor-crosshair touch-none border-line border-t"
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setFrom({ at: local(event), moves: inside(local(event)) })
      }}
      onPointerMove={event => from && setDraft(draftOf(local(event)))}
      onPointerUp={event => {
        const next = draftOf(local(event))
        setFrom(null)
        setDraft(null)
        if (next) onWindow(next)
      }}
      onDoubleClick={() => onWindow(null)}
    >
      {width > 0 ? (
        <svg aria-hidden width={width} height={HEIGHT} className="absolute inset-0">
          {whole.lines.slice(0, MOST).map(line => (
            <path key={line.id} d={pathOf(line, plot)} fill="none" stroke={line.color} strokeOpacity=".8" />
          ))}
          {seen ? <Seen {...{ plot, seen }} /> : null}
        </svg>
      ) : null}
    </div>
  )
}

function Seen({ plot, seen }: { plot: Plot; seen: Zoom }) {
  const left = Math.max(xToPixel(plot, seen[0]), plot.left)
  const right = Math.min(xToPixel(plot, seen[1]), plot.left + plot.width)
  return (
    <rect
      data-seen
      x={left}
      width={Math.max(right - left, 2)}
      y={1}
      height={HEIGHT - 2}
      rx="2"
      fill="var(--chart-brush)"
      stroke="var(--accent)"
    />
  )
}

function pathOf({ xs, ys, back }: ChartLine, plot: Plot): string {
  const kept = back ? xs.keys() : m4(xs, ys, { from: plot.x.low, to: plot.x.high, count: plot.width })
  let path = ''
  let pen = 'M'
  for (const at of kept) {
    const py = yToPixel(plot, ys[at] as number)
    const px = xToPixel(plot, xs[at] as number)
    const drawn = Number.isFinite(px) && Number.isFinite(py)
    if (drawn) path += `${pen}${px.toFixed(1)} ${py.toFixed(1)}`
    pen = drawn ? 'L' : 'M'
  }
  return path
}
