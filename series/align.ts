/** Position of the last of the rising `xs` (n) that is at or before `x`; −1 if all lie after it. O(log n). */
export function atOrBefore(xs: Float64Array, x: number): number {
  let low = 0
  let high = xs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((xs[middle] as number) <= x) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Position of the first of the rising `xs` (n) that is at or after `x`; n if all lie before it. O(log n). */
export function atOrAfter(xs: Float64Array, x: number): number {
  let low = 0
  let high = xs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((xs[middle] as number) < x) low = middle + 1
    else high = middle
  }
  return low
}

/** Position of the item of the rising `xs` nearest to `x`, the earlier of two as near; −1 if there is none. O(log n). */
export function nearest(xs: Float64Array, x: number): number {
  const before = atOrBefore(xs, x)
  const after = before + 1
  if (before < 0) return after < xs.length ? after : -1
  if (after >= xs.length) return before
  return (xs[after] as number) - x < x - (xs[before] as number) ? after : before
}

/** The same for an x that goes back and forth. O(n). */
export function nearestAnywhere(xs: Float64Array, x: number): number {
  let best = -1
  let distance = Number.POSITIVE_INFINITY
  for (let i = 0; i < xs.length; i++) {
    const away = Math.abs((xs[i] as number) - x)
    if (away < distance) {
      distance = away
      best = i
    }
  }
  return best
}

/** Whether no item is smaller than the one before it, so that the searches above may be used. */
export function isRising(xs: Float64Array): boolean {
  for (let i = 1; i < xs.length; i++) if ((xs[i] as number) < (xs[i - 1] as number)) return false
  return true
}
