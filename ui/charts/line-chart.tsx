'use client'

import { type ReactNode, useMemo, useRef, useState } from 'react'
import { cn } from '@/ui/kit/cn'
import { copyText } from '@/ui/kit/copy-button'
import { pressKey } from './chart-keys'
import { dashCoincident } from './coincide'
import { crosshairOf, type Pointed } from './crosshair'
import { CrosshairCanvas } from './crosshair-canvas'
import { CursorReadout } from './cursor-readout'
import { EChart } from './echart'
import type { ChartLine, XKind, Zoom } from './line'
import type { Picture } from './line-option'
import { type Look, plainLook } from './look'
import { Overlay } from './overlay'
import { Pinned } from './pinned'
import { type Plot, type PlotView, plotOf } from './plot'
import { inOrder, readAt } from './reading'
import { summaryOf } from './summary'
import { useGestures } from './use-gestures'
import { useInk } from './use-ink'
import { useNear } from './use-near'
import { useRested } from './use-rested'
import { useSize } from './use-size'
import type { Brush } from './zooming'

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
  /** Over the plot, drawn by who knows more than lines. */
  marks?: (plot: Plot) => ReactNode
  /** Below the values that are pinned at an x. */
  pinned?: (x: number, close: () => void) => ReactNode
  className?: string
}

/** Lines over one x. Never fetches: its props are columns. */
export function LineChart(props: LineChartProps) {
  const { title, lines, kind, window = null, onWindow, goal = 'minimize', sync = kind, notice } = props
  const host = useRef<HTMLElement>(null)
  const { width, height } = useSize(host)
  const owner = useRef({}).current
  const [draft, setDraft] = useState<Zoom | undefined>(undefined)
  const [pin, setPin] = useState<number | null>(null)
  const seen = draft ?? window
  const crosshair = crosshairOf(sync)
  const focus = useRested(props.focus ?? null, 80)
  const near = useNear(crosshair, owner) ?? focus

  const { plot, drawn, picture, ink } = useDrawn(props, { window: seen, near, width, height })
  const pointing = { owner, plot, lines: drawn, crosshair, window: seen, onWindow, onPin: setPin }
  const gestures = useGestures({ ...pointing, host, onDraft: setDraft })
  const clear = () => {
    gestures.clear()
    setPin(null)
  }
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
          onKeyDown={event =>
            pressKey(event, {
              ...pointing,
              near: crosshair.get()?.near ?? near,
              place: event.currentTarget.getBoundingClientRect(),
              onCopy: () => copyNearest(drawn, plot, crosshair.get(), near),
              clear,
            })
          }
        >
          {ink ? <EChart picture={picture} ink={ink} /> : null}
          {ready ? <Overlay lines={drawn} plot={plot} width={width} height={height} /> : null}
          {ready ? <CrosshairCanvas {...{ plot, width, height, crosshair, owner, focus }} lines={drawn} /> : null}
          {gestures.brush ? <BrushBox {...{ plot, brush: gestures.brush }} /> : null}
        </figure>
        {ready ? props.marks?.(plot) : null}
        {pin !== null && ready ? (
          <Pinned {...{ title, kind, plot, near, goal, x: pin, lines: drawn, onClose: () => setPin(null) }}>
            {props.pinned?.(pin, () => setPin(null))}
          </Pinned>
        ) : null}
        {notice ? <div className="absolute top-2 right-3">{notice}</div> : null}
      </div>
      {ready ? (
        <CursorReadout
          place={props.readout ?? 'float'}
          {...{ kind, plot, lines: drawn, crosshair, focus, goal, owner }}
        />
      ) : null}
    </div>
  )
}

type DrawnAs = { window: Zoom | null; near: string | null; width: number; height: number }

/** The plot, the lines in it, and how the canvas is to show them. */
function useDrawn({ lines, kind, axes, left, look = plainLook }: LineChartProps, as: DrawnAs) {
  const { window, near, width, height } = as
  const ink = useInk()
  const plot = useMemo(
    () => plotOf(lines, { ...axes, kind, window, left }, width, height),
    [lines, kind, window, axes, left, width, height],
  )
  const drawn = useMemo(() => dashCoincident(lines, plot), [lines, plot])
  const picture = useMemo<Picture>(
    () => ({ lines: drawn, plot, width, height, near, look }),
    [drawn, plot, width, height, near, look],
  )
  return { plot, drawn, picture, ink }
}

function BrushBox({ plot, brush: { left, right, top, bottom } }: { plot: Plot; brush: Brush }) {
  const style = { left, width: right - left, top: top ?? plot.top, height: bottom ? bottom - (top ?? 0) : plot.height }
  return <div className="pointer-events-none absolute bg-[var(--chart-brush)]" style={style} />
}

/** The nearest line's value as it was logged, whole. */
function copyNearest(lines: readonly ChartLine[], plot: Plot, pointed: Pointed, near: string | null) {
  if (!pointed) return
  const [nearest] = inOrder(readAt(lines, plot, pointed.x), pointed.near ?? near, 'minimize')
  if (nearest && !nearest.missing) void copyText(String(nearest.raw ?? nearest.y))
}
