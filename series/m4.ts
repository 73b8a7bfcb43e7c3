/** The device-pixel columns of a plot: `count` of them from x = `from` (left edge) to x = `to` (right edge). */
export type PixelColumns = { readonly from: number; readonly to: number; readonly count: number }

/**
 * Positions of the points that draw the same picture as all of them (M4).
 *
 * xs, ys: n points in drawing order; x may go back and forth. The points are cut into runs of consecutive points that share
 * a pixel column; of each run first, lowest, highest and last are kept. In a two-colour raster with lines of 1 px the picture
 * equals that of all points. What lies left or right of the columns counts as one column on each side, so a line keeps
 * entering and leaving at its right height. A point that cannot be drawn (not finite; on a log axis also ≤ 0) breaks the
 * line: such points form runs of their own, of which the first is kept.
 *
 * Returns the kept positions, rising, at most four a run.
 * Source: Jugel, Jerzak, Hackenbroich, Markl, "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014.
 */
export function m4(xs: Float64Array, ys: Float64Array, columns: PixelColumns, log = false): Int32Array {
  const n = Math.min(xs.length, ys.length)
  const kept = new Int32Array(n)
  const floor = log ? 0 : Number.NEGATIVE_INFINITY
  let size = 0
  let i = 0
  while (i < n) {
    const column = columnOf(xs[i] as number, columns)
    const first = i
    if (!drawable(ys[i] as number, floor)) {
      const kind = gapKind(ys[i] as number)
      for (i++; i < n && !drawable(ys[i] as number, floor) && gapKind(ys[i] as number) === kind; i++) {
        if (columnOf(xs[i] as number, columns) !== column) break
      }
      kept[size++] = first
      continue
    }
    let low = i
    let high = i
    for (i++; i < n; i++) {
      const next = ys[i] as number
      if (!drawable(next, floor) || columnOf(xs[i] as number, columns) !== column) break
      if (next < (ys[low] as number)) low = i
      else if (next > (ys[high] as number)) high = i
    }
    const last = i - 1
    const earlier = Math.min(low, high)
    const later = Math.max(low, high)
    kept[size++] = first
    if (earlier > first) kept[size++] = earlier
    if (later > earlier && later > first) kept[size++] = later
    if (last > later && last > first) kept[size++] = last
  }
  return kept.slice(0, size)
}

function drawable(y: number, floor: number): boolean {
  return y > floor && y < Number.POSITIVE_INFINITY
}

/** NaN, +∞, −∞ and, on a log axis, what is not positive are shown apart. */
function gapKind(y: number): number {
  return Number.isNaN(y) ? 0 : Number.isFinite(y) ? 1 : y
}

/** By the very sum that places a point in the plot: a point that rounds into the first column is of it. */
function columnOf(x: number, columns: PixelColumns): number {
  const column = Math.floor(((x - columns.from) / (columns.to - columns.from)) * columns.count)
  return Math.max(-1, Math.min(column, columns.count))
}
