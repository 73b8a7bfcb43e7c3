import type { LineSeriesOption } from 'echarts/charts'
import type { GridComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import type { Axis } from './axis'
import type { ChartLine } from './line'
import { pairsOf } from './pairs'
import { type Plot, xToPixel } from './plot'

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
}

/** Skia lays each segment of a stroke of 1 px or less over the last: a dense line came out at twice its strength. */
const RAW_WIDTH = 1.05

const DASHES = ['solid' as const, [6, 3], [2, 2], [8, 3, 2, 3]]

/** ECharts' option for one picture: no animation, no sampling, no tooltip; ticks, extents and columns are ours. */
export function lineOption(picture: Picture, ink: Ink, pixelRatio: number): ChartOption {
  const { plot, width, height } = picture
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
    series: picture.lines.flatMap(line => seriesOf(line, picture, ink, pixelRatio)),
  }
}

function seriesOf(line: ChartLine, picture: Picture, ink: Ink, pixelRatio: number): LineSeriesOption[] {
  const { plot } = picture
  const near = picture.near === line.id
  const color = ink.of(line.color)
  const data = flat(pairsOf(line, line.ys, plot, pixelRatio))
  const few = line.ys.length <= plot.width / 12
  const common = { type: 'line' as const, silent: true, dimensions: ['x', 'y'], clip: true }
  const main: LineSeriesOption = {
    ...common,
    id: line.id,
    data,
    z: near ? 4 : 3,
    showSymbol: few,
    symbol: 'circle',
    symbolSize: 3.5,
    itemStyle: { color, borderWidth: 0 },
    lineStyle: {
      color,
      width: near ? 2.25 : 1.5,
      type: DASHES[line.dash ?? 0] ?? 'solid',
      cap: line.dash ? 'butt' : 'round',
      join: 'round',
    },
  }
  if (!line.raw) return [main]
  const behind: LineSeriesOption = {
    ...common,
    id: `${line.id} raw`,
    data: flat(pairsOf(line, line.raw, plot, pixelRatio)),
    z: 2,
    showSymbol: false,
    lineStyle: { color, width: RAW_WIDTH, opacity: 0.2, type: 'solid', cap: 'round', join: 'round' },
  }
  return [behind, main]
}

/** ECharts takes x and y in turn in one typed array; its types know only arrays of items. */
const flat = (pairs: Float64Array) => pairs as unknown as NonNullable<LineSeriesOption['data']>

const onCanvas = (axis: Axis, value: number) => (axis.log ? Math.log10(value) : value)

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

/** The last label turns inwards where it would leave the chart. */
function edgeLabel(plot: Plot, width: number) {
  const last = plot.x.ticks.at(-1)
  return last && xToPixel(plot, last.at) > width - 18 ? { alignMaxLabel: 'right' as const } : {}
}
