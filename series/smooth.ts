/** How many widths of view the decay is counted in, as wandb's charts do. */
const VIEW_SCALE = 1000

/**
 * Time-weighted, debiased exponential moving average.
 *
 * xs, ys: n points in drawing order; strength in [0, 1), 0 leaves the line as it is; range: the width of x that the whole
 * chart shows, in the unit of xs. Returns n values. A value that is not finite stays where it is and leaves the average
 * untouched; x going back counts as standing still.
 *
 * Each point fades by w^(Δx · 1000 / range) with w = min(√strength, 0.999), so lines of different density are smoothed alike.
 * Source: Weights & Biases, "Smooth line plots", time-weighted exponential moving average.
 */
export function smoothEma(xs: Float64Array, ys: Float64Array, strength: number, range: number): Float64Array {
  const n = Math.min(xs.length, ys.length)
  const smoothed = new Float64Array(n)
  const weight = Math.min(Math.sqrt(Math.max(strength, 0)), 0.999)
  const scale = range > 0 ? VIEW_SCALE / range : 0
  let sum = 0
  let mass = 0
  let before = n > 0 ? (xs[0] as number) : 0
  for (let i = 0; i < n; i++) {
    const y = ys[i] as number
    if (!Number.isFinite(y)) {
      smoothed[i] = y
      continue
    }
    const x = xs[i] as number
    const fade = weight ** (Math.max(x - before, 0) * scale)
    before = x
    sum = sum * fade + y
    mass = mass * fade + 1
    smoothed[i] = sum / mass
  }
  return smoothed
}
