import type { Zoom } from './line'
import { type Plot, pixelToX, pixelToY } from './plot'
import { scaled, unscaled } from './scale'

/** A rectangle of a plot, in CSS pixels of the chart; without heights it is a stretch of x. */
export type Brush = { left: number; right: number; top?: number; bottom?: number }

/** A drag shorter than this is a click. */
const LEAST_DRAG = 4
/** A drag marks a box when it is at least this high; else a stretch of x. */
const LEAST_BOX = 24

/** What a drag from one place to another marks; null for a click. */
export function brushOf(plot: Plot, from: readonly [number, number], to: readonly [number, number]): Brush | null {
  const inX = (px: number) => Math.min(Math.max(px, plot.left), plot.left + plot.width)
  const inY = (py: number) => Math.min(Math.max(py, plot.top), plot.top + plot.height)
  const [left, right] = [inX(Math.min(from[0], to[0])), inX(Math.max(from[0], to[0]))]
  const [top, bottom] = [inY(Math.min(from[1], to[1])), inY(Math.max(from[1], to[1]))]
  if (right - left < LEAST_DRAG) return null
  return bottom - top < LEAST_BOX ? { left, right } : { left, right, top, bottom }
}

export function zoomOf(plot: Plot, { left, right, top, bottom }: Brush): Zoom {
  const [from, to] = [pixelToX(plot, left), pixelToX(plot, right)]
  return top === undefined || bottom === undefined
    ? [from, to]
    : [from, to, pixelToY(plot, bottom), pixelToY(plot, top)]
}

/** The window in which `factor` times as much of x is seen, the place at `px` staying where it is. */
export function zoomAbout(plot: Plot, window: Zoom | null, px: number, factor: number): Zoom {
  const at = Math.min(Math.max((px - plot.left) / plot.width, 0), 1)
  return ofShares(plot, window, at - at * factor, at + (1 - at) * factor)
}

/** The window moved by a share of its width. */
export function panBy(plot: Plot, window: Zoom | null, share: number): Zoom {
  return ofShares(plot, window, share, 1 + share)
}

/** As far along the axis as lengths go, also beyond its ends; a zoomed y stays. */
function ofShares({ x }: Plot, window: Zoom | null, from: number, to: number): Zoom {
  const start = scaled(x.scale, x.low)
  const length = scaled(x.scale, x.high) - start
  const ends = [unscaled(x.scale, start + from * length), unscaled(x.scale, start + to * length)] as const
  return window?.length === 4 ? [...ends, window[2], window[3]] : ends
}
