'use client'

import { type ReactNode, useMemo, useRef, useState } from 'react'
import { cn } from '@/ui/kit/cn'
import { dashCoincident } from './coincide'
import { crosshairOf } from './crosshair'
import { CursorReadout } from './cursor-readout'
import { EChart } from './echart'
import type { ChartLine, XKind, Zoom } from './line'
import { lineOption } from './line-option'
import { type Look, plainLook } from './look'
import { Overlay } from './overlay'
import { type PlotView, plotOf } from './plot'
import { summaryOf } from './summary'
import { useGestures } from './use-gestures'
import { useInk } from './use-ink'
import { useSize } from './use-size'

export type ChartAxes = Pick<PlotView, 'xScale' | 'yScale' | 'range' | 'trim'>

export type LineChartProps = {
  title: string
  lines: readonly ChartLine[]
  kind: XKind
  /** What the reader zoomed to; null shows everything and grows with it. */
  window?: Zoom | null
  onWindow?: ((window: Zoom | null) => void) | undefined
  /** Scales and ends of the axes; a stable object while they are the same. */
  axes?: ChartAxes
  look?: Look
  goal?: 'minimize' | 'maximize'
  /** Charts that name the same have one crosshair. */
  sync?: string
  /** The line that is pointed at elsewhere. */
  focus?: string | null
  /** `under`: the values stand below the plot, for fingers. */
  readout?: 'float' | 'under'
  /** At least so many pixels for the labels of y: charts below each other line up. */
  left?: number | undefined
  /** At the upper right of the plot: what lies beyond it. */
  notice?: ReactNode
  className?: string
}

/** Lines over one x. Never fetches: its props are columns. */
export function LineChart(props: LineChartProps) {
  const {
    title,
    lines,
    kind,
    window = null,
    onWindow,
    axes,
    look = plainLook,
    goal = 'minimize',
    sync = kind,
    notice,
    left,
  } = props
  const host = useRef<HTMLElement>(null)
  const { width, height } = useSize(host)
  const ink = useInk()
  const [hovered, setHovered] = useState<string | null>(null)
  const crosshair = crosshairOf(sync)
  const near = hovered ?? props.focus ?? null

  const plot = useMemo(
    () => plotOf(lines, { ...axes, kind, window, left }, width, height),
    [lines, kind, window, axes, left, width, height],
  )
  const drawn = useMemo(() => dashCoincident(lines, plot), [lines, plot])
  const build = useMemo(
    () =>
      ink && ((pixelRatio: number) => lineOption({ lines: drawn, plot, width, height, near, look }, ink, pixelRatio)),
    [drawn, plot, width, height, near, look, ink],
  )
  const gestures = useGestures({ host, plot, lines: drawn, crosshair, onWindow, onNear: setHovered })
  const ready = width > 0 && height > 0

  return (
    <div className={cn('flex min-h-0 flex-1 flex-col', props.className)}>
      <div className="relative flex min-h-0 flex-1 flex-col">
        <figure
          ref={host}
          aria-label={summaryOf(title, lines, kind)}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys read the values out
          tabIndex={0}
          className={cn(
            'relative flex-1 touch-pan-y rounded-sm',
            props.readout === 'under' ? 'min-h-[186px]' : 'min-h-0',
          )}
          {...gestures.handlers}
        >
          {build ? <EChart build={build} width={width} height={height} /> : null}
          {ready ? (
            <Overlay lines={drawn} plot={plot} width={width} height={height} crosshair={crosshair} near={near} />
          ) : null}
          {gestures.brush ? (
            <div
              className="pointer-events-none absolute bg-[var(--chart-brush)]"
              style={{
                left: gestures.brush[0],
                width: gestures.brush[1] - gestures.brush[0],
                top: plot.top,
                height: plot.height,
              }}
            />
          ) : null}
        </figure>
        {notice ? <div className="absolute top-2 right-3">{notice}</div> : null}
      </div>
      {ready ? (
        <CursorReadout
          place={props.readout ?? 'float'}
          {...{ host, kind, plot, lines: drawn, crosshair, near, goal, owner: gestures.owner }}
        />
      ) : null}
    </div>
  )
}
