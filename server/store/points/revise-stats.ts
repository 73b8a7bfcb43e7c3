import type { Columns } from './chunks.ts'
import { drawn } from './drawn.ts'
import { type At, addDrawn, noStats, type SeriesStats } from './series-stats.ts'

/** What was taken away may leave this much of the sum's own error: then it is counted anew. */
const CANCELLED_MAX = 1e5

/**
 * Statistics after points that revise others, or lie before the last one: `near` are all points of the series within the
 * steps from the lowest to the highest of them, in order of commit, the new ones last; `fresh` says how many those are. What
 * is outside these steps is not looked at. Undefined where it must be: the lowest or highest value was revised away, or the
 * sum cancels.
 */
export function reviseStats(stats: SeriesStats, near: Columns, fresh: number): SeriesStats | undefined {
  const old = near.steps.length - fresh
  const before = addDrawn(noStats, drawn([upTo(near, old)]))
  const after = addDrawn(noStats, drawn([near]))
  if (!after.first || !after.last) return stats
  const [from, to] = [after.first.step, after.last.step]
  const min = extreme(stats.min, after.min, from, to, (one, other) => one < other)
  const max = extreme(stats.max, after.max, from, to, (one, other) => one > other)
  const sum = stats.sum - before.sum + after.sum
  const moved = Math.abs(stats.sum) + Math.abs(before.sum)
  if (min === undefined || max === undefined || !Number.isFinite(sum) || moved > CANCELLED_MAX * Math.abs(sum))
    return undefined
  const isLast = !stats.last || to >= stats.last.step
  return {
    count: stats.count - before.count + after.count,
    nonFinite: stats.nonFinite - before.nonFinite + after.nonFinite,
    sum,
    first: stats.first && stats.first.step < from ? stats.first : after.first,
    last: isLast ? after.last : stats.last,
    min,
    max,
    lastTime: isLast ? after.lastTime : stats.lastTime,
  }
}

const upTo = ({ steps, times, values }: Columns, end: number): Columns => ({
  steps: steps.subarray(0, end),
  times: times.subarray(0, end),
  values: values.subarray(0, end),
})

/** The earliest of equal extremes; undefined where the one that was known lay inside and nothing inside is as extreme now. */
function extreme(
  known: At | null,
  inside: At | null,
  from: number,
  to: number,
  beats: (one: number, other: number) => boolean,
): At | null | undefined {
  if (!known) return inside
  const wasInside = known.step >= from && known.step <= to
  if (!inside || beats(known.value, inside.value)) return wasInside ? undefined : known
  if (beats(inside.value, known.value)) return inside
  return wasInside || inside.step < known.step ? inside : known
}
