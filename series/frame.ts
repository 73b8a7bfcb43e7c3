/**
 * Points of one series in drawing order, as three columns of equal length n.
 *
 * steps: whole numbers within ±(2^53 − 1); times: whole milliseconds since 1970 UTC; values: float64, bits as logged.
 */
export type Frame = {
  readonly steps: Float64Array
  readonly times: Float64Array
  readonly values: Float64Array
}

export const emptyFrame: Frame = {
  steps: new Float64Array(0),
  times: new Float64Array(0),
  values: new Float64Array(0),
}

/** The items of `column` (n) at the positions `at` (m), in their order: a new column of m items. */
export function pick(column: Float64Array, at: ArrayLike<number>): Float64Array {
  const picked = new Float64Array(at.length)
  for (let i = 0; i < picked.length; i++) picked[i] = column[at[i] as number] as number
  return picked
}

/** The points of `frame` at the positions `at`, in their order. */
export function pickFrame(frame: Frame, at: ArrayLike<number>): Frame {
  return { steps: pick(frame.steps, at), times: pick(frame.times, at), values: pick(frame.values, at) }
}
