/**
 * Round numbers from `low` to `high`, both included where they are round: steps of 1, 2 or 5 times a power of ten, about
 * `want` of them. The items are exact multiples, free of the drift of repeated addition.
 */
export function linearTicks(low: number, high: number, want: number): number[] {
  const step = roundStep(high - low, want)
  return multiplesOf(step, low, high)
}

/** The 1-2-5 step that cuts `span` into about `want` parts; 1 for a span that is no number or empty. */
export function roundStep(span: number, want: number): number {
  const ideal = span / Math.max(want, 1)
  if (!(ideal > 0) || !Number.isFinite(ideal)) return 1
  const exponent = Math.floor(Math.log10(ideal))
  const power = 10 ** exponent
  const leading = ideal / power
  const factor = leading <= 1.4 ? 1 : leading <= 3 ? 2 : leading <= 7 ? 5 : 10
  return exponent < 0 ? factor / 10 ** -exponent : factor * power
}

/** Multiples of `step` within [low, high], with a hair of tolerance at both ends. */
export function multiplesOf(step: number, low: number, high: number): number[] {
  const first = Math.ceil(low / step - 1e-6)
  const last = Math.floor(high / step + 1e-6)
  const fine = step < 1 ? Math.round(1 / step) : 0
  const ticks: number[] = []
  for (let k = first; k <= last && ticks.length < 1000; k++) {
    const exact = fine && Math.abs(1 / fine - step) < step * 1e-9 ? k / fine : k * step
    ticks.push(exact === 0 ? 0 : Number(exact.toPrecision(12)))
  }
  return ticks
}

/** The extent widened to round numbers, so that an axis grows in steps and not with every point. */
export function roundExtent(low: number, high: number, want: number): { low: number; high: number } {
  const size = Math.max(Math.abs(low), Math.abs(high))
  if (high - low <= size * 1e-9 || size < 1e-300) {
    const half = size < 1e-300 ? 1 : size * 0.1
    return roundExtent(low - half, high + half, want)
  }
  const step = roundStep(high - low, want)
  return {
    low: Number((Math.floor(low / step + 1e-9) * step).toPrecision(12)),
    high: Number((Math.ceil(high / step - 1e-9) * step).toPrecision(12)),
  }
}

/** Whole decades around [low, high], both positive; at least one. */
export function decadeExtent(low: number, high: number): { low: number; high: number } {
  const first = Math.floor(Math.log10(low) + 1e-9)
  const last = Math.max(Math.ceil(Math.log10(high) - 1e-9), first + 1)
  return { low: 10 ** first, high: 10 ** last }
}

/** Powers of ten within [low, high], thinned to at most `most`. */
export function logTicks(low: number, high: number, most = 6): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9)
  const last = Math.floor(Math.log10(high) + 1e-9)
  const every = Math.max(1, Math.ceil((last - first + 1) / most))
  const ticks: number[] = []
  for (let e = first; e <= last; e += every) ticks.push(10 ** e)
  return ticks
}

/** The marks 2 to 9 between the decades of [low, high]; none where more than `most` decades would blur them. */
export function logMinorTicks(low: number, high: number, most = 6): number[] {
  const first = Math.floor(Math.log10(low) + 1e-9)
  const last = Math.ceil(Math.log10(high) - 1e-9)
  if (last - first > most) return []
  const ticks: number[] = []
  for (let e = first; e < last; e++) {
    for (let k = 2; k < 10; k++) {
      const mark = k * 10 ** e
      if (mark >= low && mark <= high) ticks.push(mark)
    }
  }
  return ticks
}
