import { atOrBefore } from './align.ts'

/** How the values of one series are found at the places of another. */
export const alignments = ['exact', 'last', 'line'] as const
export type Alignment = (typeof alignments)[number]

/**
 * The values of a series (xs rising, ys; n) at `wanted` (m): a new column of m items.
 *
 * `exact`: of the point at that very x; `last`: of the latest point at or before it; `line`: on the straight line between its
 * two neighbours, which are finite. NaN where there is none: nothing is continued beyond either end, except that `last` holds on.
 */
export function valuesAt(xs: Float64Array, ys: Float64Array, wanted: Float64Array, alignment: Alignment): Float64Array {
  const found = new Float64Array(wanted.length)
  for (let i = 0; i < wanted.length; i++) found[i] = valueAt(xs, ys, wanted[i] as number, alignment)
  return found
}

function valueAt(xs: Float64Array, ys: Float64Array, x: number, alignment: Alignment): number {
  const at = atOrBefore(xs, x)
  if (at < 0) return Number.NaN
  const before = xs[at] as number
  if (before === x || alignment === 'last') return ys[at] as number
  if (alignment === 'exact' || at + 1 >= xs.length) return Number.NaN
  const share = (x - before) / ((xs[at + 1] as number) - before)
  return (ys[at] as number) * (1 - share) + (ys[at + 1] as number) * share
}
