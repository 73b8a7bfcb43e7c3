import { m4 } from '@/series/m4'
import type { ChartLine } from './line'
import type { Plot } from './plot'

/**
 * A line as the canvas takes it: x and y in turn, cut to what the plot's device pixels can tell apart.
 * On a log axis y is its decimal logarithm, so that both axes are linear to the canvas; what has no logarithm breaks the line.
 */
export function pairsOf(line: ChartLine, values: Float64Array, plot: Plot, pixelRatio: number): Float64Array {
  const columns = { from: plot.x.low, to: plot.x.high, count: Math.max(1, Math.round(plot.width * pixelRatio)) }
  const log = plot.y.log
  const at = values.length > columns.count * 4 ? m4(line.xs, values, columns, log) : null
  const n = at ? at.length : values.length
  const pairs = new Float64Array(n * 2)
  for (let i = 0; i < n; i++) {
    const from = at ? (at[i] as number) : i
    const y = values[from] as number
    pairs[2 * i] = line.xs[from] as number
    pairs[2 * i + 1] = log ? logOf(y) : Number.isFinite(y) ? y : Number.NaN
  }
  return pairs
}

function logOf(y: number): number {
  return y > 0 && y < Number.POSITIVE_INFINITY ? Math.log10(y) : Number.NaN
}
