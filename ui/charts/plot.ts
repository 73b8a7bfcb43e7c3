import { type Axis, fullWindow, xAxis, yAxis } from './axis'
import type { ChartLine, XKind, XWindow } from './line'

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
  readonly window: XWindow | null
  readonly log: boolean
  /** At least so much room for the labels of y: charts below each other line up. */
  readonly left?: number | undefined
}

const RIGHT = 12
const TOP = 6
const BOTTOM = 20

export function plotOf(lines: readonly ChartLine[], view: PlotView, width: number, height: number): Plot {
  const window = view.window ?? fullWindow(lines, view.kind)
  const inner = Math.max(height - TOP - BOTTOM, 1)
  const y = yAxis(lines, window, view.log, inner)
  const left = Math.max(Math.max(...y.ticks.map(tick => tick.label.length), 1) * 6 + 16, view.left ?? 0)
  const room = Math.max(width - left - RIGHT, 1)
  return { left, top: TOP, width: room, height: inner, x: xAxis(view.kind, window, room), y }
}

/** How far along the axis a value lies: 0 at its low end, 1 at its high end; NaN where it has no place. */
export function along(axis: Axis, value: number): number {
  if (!axis.log) return (value - axis.low) / (axis.high - axis.low)
  if (!(value > 0)) return Number.NaN
  return Math.log(value / axis.low) / Math.log(axis.high / axis.low)
}

export function xToPixel(plot: Plot, x: number): number {
  return plot.left + along(plot.x, x) * plot.width
}

export function yToPixel(plot: Plot, y: number): number {
  return plot.top + (1 - along(plot.y, y)) * plot.height
}

export function pixelToX(plot: Plot, px: number): number {
  const share = Math.min(Math.max((px - plot.left) / plot.width, 0), 1)
  return plot.x.low + share * (plot.x.high - plot.x.low)
}
