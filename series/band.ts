import type { PixelColumns } from './m4.ts'

/** Of each bucket that holds a finite value: the middle x of its points, lowest, highest and mean value. */
export type Band = {
  readonly xs: Float64Array
  readonly lows: Float64Array
  readonly highs: Float64Array
  readonly means: Float64Array
}

/**
 * What n points (xs, ys in drawing order, xs rising) span in each of the `columns`. Points left or right of them count as one
 * bucket on each side, so that a band enters and leaves the plot at its height.
 */
export function bandOf(xs: Float64Array, ys: Float64Array, columns: PixelColumns): Band {
  const n = Math.min(xs.length, ys.length)
  const most = Math.min(n, columns.count + 2)
  const band = {
    xs: new Float64Array(most),
    lows: new Float64Array(most),
    highs: new Float64Array(most),
    means: new Float64Array(most),
  }
  let size = 0
  let i = 0
  while (i < n) {
    const column = columnOf(xs[i] as number, columns)
    const first = i
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    let mean = 0
    let count = 0
    for (; i < n && columnOf(xs[i] as number, columns) === column; i++) {
      const y = ys[i] as number
      if (!Number.isFinite(y)) continue
      if (y < low) low = y
      if (y > high) high = y
      mean += (y - mean) / ++count
    }
    if (count === 0) continue
    band.xs[size] = ((xs[first] as number) + (xs[i - 1] as number)) / 2
    band.lows[size] = low
    band.highs[size] = high
    band.means[size] = mean
    size++
  }
  const cut = (column: Float64Array) => column.subarray(0, size)
  return { xs: cut(band.xs), lows: cut(band.lows), highs: cut(band.highs), means: cut(band.means) }
}

function columnOf(x: number, { from, to, count }: PixelColumns): number {
  return Math.max(-1, Math.min(Math.floor(((x - from) / (to - from)) * count), count))
}
