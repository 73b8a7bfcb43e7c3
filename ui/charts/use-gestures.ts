'use client'

import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { nearest } from '@/series/align'
import type { Crosshair } from './crosshair'
import type { ChartLine, Zoom } from './line'
import { type Plot, pixelToX } from './plot'
import { nearestInHeight, readAt } from './reading'

export type GestureProps = {
  host: RefObject<HTMLElement | null>
  plot: Plot
  lines: readonly ChartLine[]
  crosshair: Crosshair
  onWindow?: ((window: Zoom | null) => void) | undefined
  onNear: (id: string | null) => void
}

/** A drag shorter than this is a click. */
const LEAST_DRAG = 4

/** Pointing moves the crosshair, dragging marks a window of x, a double click shows everything; arrow keys walk the points. */
export function useGestures({ host, plot, lines, crosshair, onWindow, onNear }: GestureProps) {
  const owner = useRef({}).current
  const start = useRef<number | null>(null)
  const [brush, setBrush] = useState<readonly [number, number] | null>(null)

  const clear = () => {
    if (crosshair.get()?.owner === owner) crosshair.set(null)
    onNear(null)
  }
  useEffect(
    () => () => {
      if (crosshair.get()?.owner === owner) crosshair.set(null)
    },
    [crosshair, owner],
  )

  const point = (px: number, py: number) => {
    const near = nearestInHeight(readAt(lines, plot, pixelToX(plot, px)), py)
    onNear(near?.line.id ?? null)
    crosshair.set({ x: near?.x ?? pixelToX(plot, px), owner })
  }

  const local = (event: PointerEvent) => {
    const box = host.current?.getBoundingClientRect()
    return [event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)] as const
  }

  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      const [px, py] = local(event)
      if (event.pointerType === 'touch') return point(px, py)
      if (event.button !== 0 || !onWindow || px < plot.left) return
      event.currentTarget.setPointerCapture(event.pointerId)
      start.current = px
    },
    onPointerMove: (event: PointerEvent) => {
      const [px, py] = local(event)
      point(px, py)
      if (start.current !== null) setBrush(spanOf(plot, start.current, px))
    },
    onPointerUp: (event: PointerEvent) => {
      const from = start.current
      start.current = null
      setBrush(null)
      if (from === null || !onWindow) return
      const [left, right] = spanOf(plot, from, local(event)[0])
      if (right - left >= LEAST_DRAG) onWindow([pixelToX(plot, left), pixelToX(plot, right)])
    },
    onPointerCancel: () => {
      start.current = null
      setBrush(null)
    },
    onPointerLeave: (event: PointerEvent) => event.pointerType !== 'touch' && clear(),
    onDoubleClick: () => onWindow?.(null),
    onBlur: clear,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') return clear()
      const stride = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
      if (stride === undefined) return
      event.preventDefault()
      const next = stepFrom(lines, plot, crosshair.get()?.x ?? null, stride * (event.shiftKey ? 10 : 1))
      if (next !== null) crosshair.set({ x: next, owner })
    },
  }
  return { owner, brush, handlers }
}

function spanOf(plot: Plot, a: number, b: number): readonly [number, number] {
  const inside = (px: number) => Math.min(Math.max(px, plot.left), plot.left + plot.width)
  return [inside(Math.min(a, b)), inside(Math.max(a, b))]
}

/** The x that lies `stride` points from `x` on the longest line, within the plot. */
function stepFrom(lines: readonly ChartLine[], plot: Plot, x: number | null, stride: number): number | null {
  const longest = lines.reduce<ChartLine | null>(
    (best, line) => (line.xs.length > (best?.xs.length ?? 0) ? line : best),
    null,
  )
  if (!longest) return null
  const at = nearest(longest.xs, x ?? plot.x.low) + (x === null ? 0 : stride)
  const found = longest.xs[Math.min(Math.max(at, 0), longest.xs.length - 1)] as number
  return Math.min(Math.max(found, plot.x.low), plot.x.high)
}
