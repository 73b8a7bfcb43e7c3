import { type Axis, fullWindow, xAxis, yAxis } from './axis'
import type { ChartLine, XKind, Zoom } from './line'
import { type ScaleKind, scaled, unscaled } from './scale'

/** The rectangle in which lines are drawn, in CSS pixels of the chart, with its two axes. */
export type Plot = {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly x: Axis
  readonly y: Axis
}

export type PlotView = {
  readonly kind: XKind
  readonly window: Zoom | null
  readonly xScale?: ScaleKind
  readonly yScale?: ScaleKind
  /** Ends of y that are held, whatever is drawn. */
  readonly range?: readonly [low: number | null, high: number | null]
  /** Whether y leaves the outermost hundredth at either end out. */
  readonly trim?: boolean
  /** At least so much room for the labels of y: charts below each other line up. */
  readonly left?: number | undefined
}

const RIGHT = 12
const TOP = 6
const BOTTOM = 20

export function plotOf(lines: readonly ChartLine[], view: PlotView, width: number, height: number): Plot {
  const { kind, xScale = 'linear', yScale = 'linear', trim = false } = view
  const [from, to, low = null, high = null] = view.window ?? fullWindow(lines, kind, xScale)
  const inner = Math.max(height - TOP - BOTTOM, 1)
  const range = low === null && view.range ? view.range : ([low, high] as const)
  const y = yAxis(lines, { window: [from, to], scale: yScale, range, trim }, inner)
  const left = Math.max(Math.max(...y.ticks.map(tick => tick.label.length), 1) * 6 + 16, view.left ?? 0)
  const room = Math.max(width - left - RIGHT, 1)
  return { left, top: TOP, width: room, height: inner, x: xAxis(kind, [from, to], room, xScale), y }
}

/** How far along the axis a value lies: 0 at its low end, 1 at its high end; NaN where it has no place. */
export function along({ low, high, scale }: Axis, value: number): number {
  const start = scaled(scale, low)
  return (scaled(scale, value) - start) / (scaled(scale, high) - start)
}

/** The value at a share of the axis: the inverse of `along`, cut to the axis. */
export function valueAlong({ low, high, scale }: Axis, share: number): number {
  const start = scaled(scale, low)
  const inside = Math.min(Math.max(share, 0), 1)
  return unscaled(scale, start + inside * (scaled(scale, high) - start))
}

export function xToPixel(plot: Plot, x: number): number {
  return plot.left + along(plot.x, x) * plot.width
}

export function yToPixel(plot: Plot, y: number): number {
  return plot.top + (1 - along(plot.y, y)) * plot.height
}

export function pixelToX(plot: Plot, px: number): number {
  return valueAlong(plot.x, (px - plot.left) / plot.width)
}

export function pixelToY(plot: Plot, py: number): number {
  return valueAlong(plot.y, 1 - (py - plot.top) / plot.height)
}
