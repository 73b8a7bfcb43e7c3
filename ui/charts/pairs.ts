import { m4 } from '@/series/m4'
import type { ChartLine } from './line'
import type { Plot } from './plot'
import { scaled } from './scale'

/**
 * A line as the canvas takes it: x and y in turn, cut to what the plot's device pixels can tell apart.
 * Both are as their scale has them, so that both axes are linear to the canvas; what has no place breaks the line.
 */
export function pairsOf(line: ChartLine, values: Float64Array, plot: Plot, pixelRatio: number): Float64Array {
  const { x, y } = plot
  const xs = x.scale.kind === 'linear' ? line.xs : line.xs.map(at => scaled(x.scale, at))
  const columns = {
    from: scaled(x.scale, x.low),
    to: scaled(x.scale, x.high),
    count: Math.max(1, Math.round(plot.width * pixelRatio)),
  }
  const at = values.length > columns.count * 4 ? m4(xs, values, columns, y.scale.kind === 'log') : null
  const n = at ? at.length : values.length
  const pairs = new Float64Array(n * 2)
  for (let i = 0; i < n; i++) {
    const from = at ? (at[i] as number) : i
    pairs[2 * i] = xs[from] as number
    pairs[2 * i + 1] = scaled(y.scale, values[from] as number)
  }
  return pairs
}
