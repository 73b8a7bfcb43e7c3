/** The items of the columns that are finite (positive only where `log`), rising. */
export function sortedFinite(columns: readonly Float64Array[], log = false): Float64Array {
  const length = columns.reduce((sum, column) => sum + column.length, 0)
  const items = new Float64Array(length)
  let n = 0
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const item = column[i] as number
      if (Number.isFinite(item) && !(log && item <= 0)) items[n++] = item
    }
  }
  return items.subarray(0, n).sort()
}

/**
 * The quantile q in [0, 1] of the rising `sorted` (n), by a straight line between neighbours; NaN of nothing.
 * Source: Hyndman and Fan, "Sample quantiles in statistical packages", 1996, type 7 (NumPy's default).
 */
export function quantile(sorted: Float64Array, q: number): number {
  const place = Math.min(Math.max(q, 0), 1) * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below]
  const high = sorted[Math.ceil(place)]
  if (low === undefined || high === undefined) return Number.NaN
  const share = place - below
  return low * (1 - share) + high * share
}
