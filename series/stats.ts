/** Lowest and highest of what can be drawn; null where nothing can. */
export type Extent = { readonly low: number; readonly high: number }

/** Extent of the finite items of `ys` (n), of the positive ones only where `log`. */
export function extentOf(ys: Float64Array, log = false): Extent | null {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < ys.length; i++) {
    const y = ys[i] as number
    if (!Number.isFinite(y) || (log && y <= 0)) continue
    if (y < low) low = y
    if (y > high) high = y
  }
  return low <= high ? { low, high } : null
}

/** The smallest extent around both. */
export function joinExtents(one: Extent | null, other: Extent | null): Extent | null {
  if (!one || !other) return one ?? other
  return { low: Math.min(one.low, other.low), high: Math.max(one.high, other.high) }
}

/** Position of the last finite item; −1 if there is none. */
export function lastFinite(ys: Float64Array): number {
  for (let i = ys.length - 1; i >= 0; i--) if (Number.isFinite(ys[i] as number)) return i
  return -1
}

/** Position of the first lowest (`goal` 'minimize') or highest finite item; −1 if there is none. */
export function bestOf(ys: Float64Array, goal: 'minimize' | 'maximize'): number {
  let best = -1
  for (let i = 0; i < ys.length; i++) {
    const y = ys[i] as number
    if (!Number.isFinite(y)) continue
    if (best < 0 || (goal === 'minimize' ? y < (ys[best] as number) : y > (ys[best] as number))) best = i
  }
  return best
}
