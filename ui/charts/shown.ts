import { atOrAfter, atOrBefore } from '@/series/align'
import { quantile, sortedFinite } from '@/series/quantile'
import { type Extent, extentOf, joinExtents } from '@/series/stats'
import type { ChartLine, XWindow } from './line'

/** What a window shows of some lines. `trim` leaves the outermost hundredth at either end out. */
export type Shown = {
  readonly lines: readonly ChartLine[]
  readonly window: XWindow
  readonly log: boolean
  readonly trim: boolean
}

const OUTERMOST = 0.01

/** From the lowest to the highest shown value, the unsmoothed ones included; null where nothing can be drawn. */
export function shownExtent(shown: Shown): Extent | null {
  const columns = columnsOf(shown)
  const whole = columns.reduce<Extent | null>((sum, ys) => joinExtents(sum, extentOf(ys, shown.log)), null)
  if (!shown.trim || !whole) return whole
  const sorted = sortedFinite(columns, shown.log)
  const low = quantile(sorted, OUTERMOST)
  const high = quantile(sorted, 1 - OUTERMOST)
  if (!(high > low)) return whole
  if (shown.log) return { low, high }
  // A little air, so that what is barely out is seen to leave.
  const air = (high - low) * 0.05
  return { low: Math.max(whole.low, low - air), high: Math.min(whole.high, high + air) }
}

/** The smallest size of what is shown and not 0. */
export function smallestSize(shown: Shown): number {
  let smallest = Number.POSITIVE_INFINITY
  for (const ys of columnsOf(shown)) {
    for (let i = 0; i < ys.length; i++) {
      const size = Math.abs(ys[i] as number)
      if (size > 0 && size < smallest) smallest = size
    }
  }
  return smallest
}

/** How many of the shown values lie beyond [low, high]. */
export function countBeyond(shown: Omit<Shown, 'trim'>, { low, high }: Extent): number {
  let count = 0
  for (const ys of columnsOf({ ...shown, trim: false }, true)) {
    for (let i = 0; i < ys.length; i++) {
      const y = ys[i] as number
      if (Number.isFinite(y) && (y < low || y > high)) count++
    }
  }
  return count
}

function columnsOf({ lines, window }: Shown, rawOnly = false): Float64Array[] {
  return lines.flatMap(({ xs, ys, raw, back }) => {
    const first = back ? 0 : atOrAfter(xs, window[0])
    const end = back ? xs.length : atOrBefore(xs, window[1]) + 1
    if (end <= first) return []
    const cut = (column: Float64Array) => column.subarray(first, end)
    if (rawOnly) return [cut(raw ?? ys)]
    return raw ? [cut(ys), cut(raw)] : [cut(ys)]
  })
}
