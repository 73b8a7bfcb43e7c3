'use client'

import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { Crosshair } from './crosshair'
import type { ChartLine, Zoom } from './line'
import { type Plot, pixelToX } from './plot'
import { nearestInHeight, readAt } from './reading'
import { useWheel } from './use-wheel'
import { type Brush, brushOf, panBy, zoomOf } from './zooming'

export type GestureProps = {
  host: RefObject<HTMLElement | null>
  /** The chart, to the crosshair. */
  owner: object
  plot: Plot
  lines: readonly ChartLine[]
  crosshair: Crosshair
  window: Zoom | null
  /** What is seen while a gesture lasts; undefined when it has ended. */
  onDraft: (window: Zoom | undefined) => void
  onWindow?: ((window: Zoom | null) => void) | undefined
  /** A click: the values at this x are to stay. */
  onPin: (x: number) => void
}

type Drag = {
  kind: 'mark' | 'pan'
  from: readonly [number, number]
  plot: Plot
  window: Zoom | null
  moved: Zoom | null
}

/**
 * Pointing moves the crosshair, a click pins its values, dragging marks a window of x or a box, dragging with Shift moves
 * the window, the wheel with Ctrl, ⌘ or Alt zooms, a double click shows everything.
 */
export function useGestures(props: GestureProps) {
  const { host, owner, plot, lines, crosshair, window, onDraft, onWindow, onPin } = props
  const drag = useRef<Drag | null>(null)
  const [brush, setBrush] = useState<Brush | null>(null)
  useWheel({ host, plot, window, onDraft, onWindow })

  const clear = () => {
    if (crosshair.get()?.owner === owner) crosshair.set(null)
  }
  useEffect(
    () => () => {
      if (crosshair.get()?.owner === owner) crosshair.set(null)
    },
    [crosshair, owner],
  )

  const point = ({ at: [px, py], place }: Placed) => {
    const near = nearestInHeight(readAt(lines, plot, pixelToX(plot, px)), py)
    const x = near?.x ?? pixelToX(plot, px)
    crosshair.set({ x, owner, near: near?.line.id ?? null, place })
    return x
  }

  const local = (event: PointerEvent) => placeIn(host.current, event)

  const end = () => {
    const was = drag.current
    drag.current = null
    setBrush(null)
    onDraft(undefined)
    return was
  }

  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      const placed = local(event)
      const from = placed.at
      if (event.pointerType === 'touch') return void point(placed)
      if (event.button > 1 || from[0] < plot.left) return
      event.currentTarget.setPointerCapture(event.pointerId)
      const pans = event.shiftKey || event.button === 1
      drag.current = { kind: pans ? 'pan' : 'mark', from, plot, window, moved: null }
    },
    onPointerMove: (event: PointerEvent) => {
      const placed = local(event)
      const to = placed.at
      const now = drag.current
      if (now?.kind !== 'pan') point(placed)
      if (!now || !onWindow) return
      if (now.kind === 'mark') return setBrush(brushOf(plot, now.from, to))
      now.moved = panBy(now.plot, now.window, (now.from[0] - to[0]) / now.plot.width)
      onDraft(now.moved)
    },
    onPointerUp: (event: PointerEvent) => {
      const was = end()
      if (!was) return
      if (was.kind === 'pan') return was.moved && onWindow?.(was.moved)
      const marked = brushOf(plot, was.from, local(event).at)
      if (marked) onWindow?.(zoomOf(plot, marked))
      else if (event.detail < 2) onPin(point(local(event)))
    },
    onPointerCancel: end,
    onPointerLeave: (event: PointerEvent) => event.pointerType !== 'touch' && clear(),
    onDoubleClick: () => onWindow?.(null),
    onBlur: clear,
  }
  return { brush, clear, handlers }
}

export type Placed = { at: readonly [number, number]; place: { left: number; top: number } }

/** The pointer in CSS pixels of the element, and where that stands in the window. */
export function placeIn(element: Element | null, event: PointerEvent): Placed {
  const { left = 0, top = 0 } = element?.getBoundingClientRect() ?? {}
  return { at: [event.clientX - left, event.clientY - top], place: { left, top } }
}
