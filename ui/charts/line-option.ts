import type { LineSeriesOption } from 'echarts/charts'
import type { GridComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import type { Axis } from './axis'
import type { ChartLine } from './line'
import { seriesOf } from './line-series'
import type { Look } from './look'
import { turnsInwards } from './paint-frame'
import type { Plot } from './plot'
import { scaled } from './scale'

export type ChartOption = ComposeOption<GridComponentOption | LineSeriesOption>

/** Colours and type as the canvas needs them: plain values of the theme in force. */
export type Ink = {
  readonly grid: string
  readonly axis: string
  readonly tick: string
  readonly font: string
  readonly of: (color: string) => string
}

export type Picture = {
  readonly lines: readonly ChartLine[]
  readonly plot: Plot
  readonly width: number
  readonly height: number
  /** The line nearest to the pointer, drawn heavier. */
  readonly near: string | null
  readonly look?: Look
}

/** ECharts' option for a picture of vectors; on the screen lines are painted by `paintLines`. */
export function lineOption(picture: Picture, ink: Ink, pixelRatio: number): ChartOption {
  return {
    ...frameOption(picture, ink),
    series: picture.lines.flatMap(line => seriesOf(line, picture, ink, pixelRatio)),
  }
}

/** The grid and the axes: no animation, no tooltip; ticks and extents are ours. */
export function frameOption({ plot, width, height }: Picture, ink: Ink): ChartOption {
  return {
    animation: false,
    grid: {
      id: 'grid',
      left: plot.left,
      top: plot.top,
      right: width - plot.left - plot.width,
      bottom: height - plot.top - plot.height,
      outerBoundsMode: 'none',
    },
    xAxis: {
      id: 'x',
      ...axisOption(plot.x, ink),
      axisLine: { show: true, onZero: false, lineStyle: { color: ink.axis, width: 1 } },
      axisTick: { show: true, length: 3, lineStyle: { color: ink.axis }, customValues: placesOf(plot.x) },
      axisLabel: { ...labelOption(plot.x, ink), margin: 7, ...edgeLabel(plot, width) },
      splitLine: { show: false },
    },
    yAxis: {
      id: 'y',
      ...axisOption(plot.y, ink),
      axisLine: { show: false },
      axisTick: { show: false, customValues: placesOf(plot.y) },
      axisLabel: { ...labelOption(plot.y, ink), margin: 6 },
      splitLine: { show: true, lineStyle: { color: ink.grid, width: 1 } },
    },
  }
}

const onCanvas = (axis: Axis, value: number) => scaled(axis.scale, value)

const placesOf = (axis: Axis) => axis.ticks.map(tick => onCanvas(axis, tick.at))

function axisOption(axis: Axis, ink: Ink) {
  return {
    type: 'value' as const,
    min: onCanvas(axis, axis.low),
    max: onCanvas(axis, axis.high),
    animation: false,
    nameTextStyle: { fontFamily: ink.font },
  }
}

function labelOption(axis: Axis, ink: Ink) {
  const words = new Map(axis.ticks.map(tick => [onCanvas(axis, tick.at), tick.label]))
  return {
    color: ink.tick,
    fontFamily: ink.font,
    fontSize: 10.5,
    hideOverlap: false,
    showMinLabel: true,
    showMaxLabel: true,
    customValues: placesOf(axis),
    formatter: (value: number) => words.get(value) ?? '',
  }
}

function edgeLabel(plot: Plot, width: number) {
  const last = plot.x.ticks.at(-1)
  return last && turnsInwards(plot, last.at, width) ? { alignMaxLabel: 'right' as const } : {}
}
