import { type Band, bandOf } from '@/series/band'
import type { ChartLine } from './line'
import type { Plot } from './plot'
import { type Scale, scaled } from './scale'

/** CSS pixels of x that one step of a band takes together. */
const BAND_STEP = 4

/** What a line spans, x and y in turn as their scales have them. */
export type BandPairs = { readonly lows: Float64Array; readonly highs: Float64Array; readonly means: Float64Array }

export function bandOn(line: ChartLine, plot: Plot): BandPairs {
  const { x, y } = plot
  const count = Math.max(1, Math.round(plot.width / BAND_STEP))
  const columns = { from: scaled(x.scale, x.low), to: scaled(x.scale, x.high), count }
  const xs = x.scale.kind === 'linear' ? line.xs : line.xs.map(at => scaled(x.scale, at))
  const band = bandOf(xs, line.raw ?? line.ys, columns)
  return {
    lows: pairs(band, band.lows, y.scale),
    highs: pairs(band, band.highs, y.scale),
    means: pairs(band, band.means, y.scale),
  }
}

function pairs({ xs }: Band, ys: Float64Array, scale: Scale): Float64Array {
  const both = new Float64Array(xs.length * 2)
  for (let i = 0; i < xs.length; i++) {
    both[2 * i] = xs[i] as number
    both[2 * i + 1] = scaled(scale, ys[i] as number)
  }
  return both
}
