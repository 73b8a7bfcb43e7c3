/**
 * Symmetric logarithm: sign(y) · log10(1 + |y| / c). About linear within ±c, logarithmic beyond; 0 stays 0.
 * Source: Webber, "A bi-symmetric log transformation for wide-range data", 2013.
 */
export function symlog(y: number, c: number): number {
  return (Math.sign(y) * Math.log1p(Math.abs(y) / c)) / Math.LN10
}

/** The y whose symlog is `t`. */
export function symexp(t: number, c: number): number {
  return Math.sign(t) * c * Math.expm1(Math.abs(t) * Math.LN10)
}

/**
 * Where a symlog axis turns from linear to logarithmic: a power of ten, three decades below the largest size, or at the
 * smallest one where that is larger, so that it moves rarely while points come in. sizes: of the finite values that are not 0.
 */
export function symlogConstant(smallest: number, largest: number): number {
  if (!(largest > 0)) return 1
  const top = Math.floor(Math.log10(largest) + 1e-9)
  const bottom = Math.floor(Math.log10(Math.max(smallest, Number.MIN_VALUE)) + 1e-9)
  return 10 ** Math.max(top - 3, Math.min(bottom, top))
}

/** 0 and ± powers of ten from c on within [low, high], at most about `most`. */
export function symlogTicks(low: number, high: number, c: number, most: number): number[] {
  const top = Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high), c)) + 1e-9)
  const first = Math.round(Math.log10(c))
  const sides = low < 0 && high > 0 ? 2 : 1
  const every = Math.max(1, Math.ceil(((top - first + 1) * sides) / Math.max(most - 1, 1)))
  const ticks = low <= 0 && high >= 0 ? [0] : []
  for (let e = top; e >= first; e -= every) {
    const tick = 10 ** e
    if (tick >= low && tick <= high) ticks.push(tick)
    if (-tick >= low && -tick <= high) ticks.push(-tick)
  }
  return ticks.sort((a, b) => a - b)
}
