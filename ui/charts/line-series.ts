import type { LineSeriesOption } from 'echarts/charts'
import type { ChartLine } from './line'
import { type BandPairs, bandOn } from './line-band'
import type { Ink, Picture } from './line-option'
import { styleOf } from './line-style'
import { plainLook } from './look'
import { pairsOf } from './pairs'

/** Wider than a hairline, which Skia lays over itself: a dense line came out at twice its strength. */
const RAW_WIDTH = 1.05

const common = { type: 'line' as const, silent: true, dimensions: ['x', 'y'], clip: true }

/** The series of one line, what stands behind it first. */
export function seriesOf(line: ChartLine, picture: Picture, ink: Ink, pixelRatio: number): LineSeriesOption[] {
  const { plot, look = plainLook } = picture
  const color = ink.of(line.color)
  const band = look.behind === 'band' && !line.back ? bandOn(line, plot) : null
  const means = band && !line.raw ? band.means : pairsOf(line, line.ys, plot, pixelRatio)
  const main = mainOf(line, picture, color, flat(means))
  if (band) return [...bandSeries(line.id, band, color), main]
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
  picture: Picture,
  color: string,
  data: NonNullable<LineSeriesOption['data']>,
): LineSeriesOption {
  const { width, dash, stepped, mark, heavy } = styleOf(line, picture)
  return {
    ...common,
    id: line.id,
    data,
    z: heavy ? 4 : 3,
    showSymbol: mark > 0,
    showAllSymbol: true,
    symbol: 'circle',
    symbolSize: mark,
    itemStyle: { color, borderWidth: 0 },
    step: stepped ? 'end' : false,
    lineStyle: {
      color,
      width,
      type: dash.length > 0 ? [...dash] : 'solid',
      cap: dash.length > 0 ? 'butt' : 'round',
      join: 'round',
    },
  }
}

/** The canvas fills between a line and the one stacked on it. */
function bandSeries(id: string, { lows, highs }: BandPairs, color: string): LineSeriesOption[] {
  const above = highs.map((at, i) => (i % 2 ? at - (lows[i] as number) : at))
  const hidden = { ...common, z: 2, showSymbol: false, stack: `${id} band`, stackStrategy: 'all' as const }
  return [
    { ...hidden, id: `${id} low`, data: flat(lows), lineStyle: { width: 0, opacity: 0 } },
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
