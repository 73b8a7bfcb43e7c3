import type { LineSeriesOption } from 'echarts/charts'
import { bandOf } from '@/series/band'
import type { ChartLine } from './line'
import type { Ink, Picture } from './line-option'
import { plainLook } from './look'
import { pairsOf } from './pairs'
import type { Plot } from './plot'
import { scaled } from './scale'

/** Skia lays each segment of a stroke of 1 px or less over the last: a dense line came out at twice its strength. */
const RAW_WIDTH = 1.05
/** CSS pixels of x that one step of a band takes together. */
const BAND_STEP = 4

/** CSS pixels of a point: alone, without a line through it, it must be found by eye. */
const ALONE = 7

const DASHES = ['solid' as const, [6, 3], [2, 2], [8, 3, 2, 3]]

const common = { type: 'line' as const, silent: true, dimensions: ['x', 'y'], clip: true }

/** The series of one line, what stands behind it first. */
export function seriesOf(line: ChartLine, picture: Picture, ink: Ink, pixelRatio: number): LineSeriesOption[] {
  const { plot, look = plainLook } = picture
  const color = ink.of(line.color)
  const band = look.behind === 'band' && !line.back ? bandColumns(line, plot) : null
  const means = band && !line.raw ? meansOf(band, plot) : pairsOf(line, line.ys, plot, pixelRatio)
  const main = mainOf(line, picture, color, flat(means))
  if (band) return [...bandSeries(line.id, band, plot, color), main]
  if (!line.raw || look.behind === 'nothing') return [main]
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

function mainOf(
  line: ChartLine,
  { plot, near, look = plainLook }: Picture,
  color: string,
  data: NonNullable<LineSeriesOption['data']>,
): LineSeriesOption {
  const heavy = near === line.id
  const { curve } = look
  const marked = curve === 'marks' || curve === 'points'
  const few = line.ys.length <= plot.width / 12
  const dash = curve === 'dashes' ? (line.dash ?? 0) || 1 : (line.dash ?? 0)
  return {
    ...common,
    id: line.id,
    data,
    z: heavy ? 4 : 3,
    showSymbol: few || marked,
    showAllSymbol: true,
    symbol: 'circle',
    symbolSize: line.ys.length === 1 ? ALONE : heavy && marked ? 5 : 3.5,
    itemStyle: { color, borderWidth: 0 },
    step: curve === 'steps' ? 'end' : false,
    lineStyle: {
      color,
      width: curve === 'points' ? 0 : heavy ? 2.25 : 1.5,
      type: DASHES[dash] ?? 'solid',
      cap: dash ? 'butt' : 'round',
      join: 'round',
    },
  }
}

type BandColumns = ReturnType<typeof bandOf>

function bandColumns(line: ChartLine, plot: Plot): BandColumns {
  const { x } = plot
  const count = Math.max(1, Math.round(plot.width / BAND_STEP))
  if (x.scale.kind === 'linear') return bandOf(line.xs, line.raw ?? line.ys, { from: x.low, to: x.high, count })
  const xs = line.xs.map(at => scaled(x.scale, at))
  const columns = { from: scaled(x.scale, x.low), to: scaled(x.scale, x.high), count }
  return bandOf(xs, line.raw ?? line.ys, columns)
}

/** Where nothing is smoothed the middle of a band is its mean. */
function meansOf(band: BandColumns, plot: Plot): Float64Array {
  const pairs = new Float64Array(band.xs.length * 2)
  for (let i = 0; i < band.xs.length; i++) {
    pairs[2 * i] = band.xs[i] as number
    pairs[2 * i + 1] = scaled(plot.y.scale, band.means[i] as number)
  }
  return pairs
}

/** The canvas fills between a line and the one stacked on it; both are as their scales have them. */
function bandSeries(id: string, band: BandColumns, plot: Plot, color: string): LineSeriesOption[] {
  const n = band.xs.length
  const low = new Float64Array(n * 2)
  const above = new Float64Array(n * 2)
  for (let i = 0; i < n; i++) {
    const x = band.xs[i] as number
    const from = scaled(plot.y.scale, band.lows[i] as number)
    const to = scaled(plot.y.scale, band.highs[i] as number)
    low[2 * i] = x
    above[2 * i] = x
    low[2 * i + 1] = from
    above[2 * i + 1] = to - from
  }
  const hidden = { ...common, z: 2, showSymbol: false, stack: `${id} band`, stackStrategy: 'all' as const }
  return [
    { ...hidden, id: `${id} low`, data: flat(low), lineStyle: { width: 0, opacity: 0 } },
    {
      ...hidden,
      id: `${id} high`,
      data: flat(above),
      lineStyle: { width: 0, opacity: 0 },
      areaStyle: { color, opacity: 0.125 },
    },
  ]
}

/** ECharts takes x and y in turn in one typed array; its types know only arrays of items. */
const flat = (pairs: Float64Array) => pairs as unknown as NonNullable<LineSeriesOption['data']>
