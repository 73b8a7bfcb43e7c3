import { smoothEma } from './smooth.ts'
import { slidingMean, slidingMedian, smoothGaussian, type Windows, windowsByPoints, windowsByX } from './window.ts'

export const smoothings = ['ema', 'gaussian', 'mean', 'median'] as const
export type SmoothingKind = (typeof smoothings)[number]

/**
 * How a line is smoothed.
 *
 * strength: of `ema`, in [0, 1). width: of the others, the width of the window around each point: a count of points, or a
 * distance on x in its own unit; of `gaussian` it is four standard deviations, about what a mean of that width smooths.
 */
export type Smoothing =
  | { readonly kind: 'none' }
  | { readonly kind: 'ema'; readonly strength: number }
  | { readonly kind: 'gaussian' | 'mean' | 'median'; readonly by: 'points' | 'x'; readonly width: number }

export const unsmoothed: Smoothing = { kind: 'none' }

/** Whether `smooth` changes anything. */
export function isSmoothing(smoothing: Smoothing): boolean {
  if (smoothing.kind === 'none') return false
  if (smoothing.kind === 'ema') return smoothing.strength > 0
  return smoothing.by === 'points' ? smoothing.width > 1 : smoothing.width > 0
}

/**
 * The smoothed values of n points (xs, ys in drawing order; xs rising unless the window counts points or `ema`).
 * range: the width of x that the whole chart shows, for `ema`. Returns n values; one that is not finite stays as it is and
 * has no weight in its neighbours.
 */
export function smooth(xs: Float64Array, ys: Float64Array, smoothing: Smoothing, range: number): Float64Array {
  if (!isSmoothing(smoothing) || smoothing.kind === 'none') return ys
  if (smoothing.kind === 'ema') return smoothEma(xs, ys, smoothing.strength, range)
  const { kind, by, width } = smoothing
  if (kind === 'gaussian') return smoothGaussian(by === 'points' ? null : xs, ys, width / 4)
  const windows: Windows = by === 'points' ? windowsByPoints(ys.length, width) : windowsByX(xs, width)
  return kind === 'mean' ? slidingMean(ys, windows) : slidingMedian(ys, windows)
}
