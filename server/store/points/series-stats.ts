import type { Columns } from './chunks.ts'

/** Statistics of the drawn points of a series. Min, max and sum are of finite values; `sum / (count − nonFinite)` is the mean. */
export interface SeriesStats {
  count: number
  nonFinite: number
  sum: number
  first: At | null
  last: At | null
  min: At | null
  max: At | null
  lastTime: number | null
}

export interface At {
  step: number
  value: number
}

export const noStats: SeriesStats = {
  count: 0,
  nonFinite: 0,
  sum: 0,
  first: null,
  last: null,
  min: null,
  max: null,
  lastTime: null,
}

/** Whether points in order of commit can simply be added: their steps rise strictly, all behind the last one. */
export function continues(stats: SeriesStats, steps: Float64Array): boolean {
  let last = stats.last?.step ?? Number.NEGATIVE_INFINITY
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as number
    if (step <= last) return false
    last = step
  }
  return true
}

/** Adds points that are drawn and lie behind the last one. The earliest of equal extremes is named. */
export function addDrawn(stats: SeriesStats, { steps, times, values }: Columns): SeriesStats {
  const n = steps.length
  if (n === 0) return stats
  let { nonFinite, sum } = stats
  let min = stats.min?.value ?? Number.POSITIVE_INFINITY
  let max = stats.max?.value ?? Number.NEGATIVE_INFINITY
  let minAt = -1
  let maxAt = -1
  for (let i = 0; i < n; i++) {
    const value = values[i] as number
    if (!Number.isFinite(value)) {
      nonFinite++
      continue
    }
    sum += value
    if (value < min) {
      min = value
      minAt = i
    }
    if (value > max) {
      max = value
      maxAt = i
    }
  }
  const at = (i: number) => ({ step: steps[i] as number, value: values[i] as number })
  return {
    count: stats.count + n,
    nonFinite,
    sum,
    first: stats.first ?? at(0),
    last: at(n - 1),
    min: minAt < 0 ? stats.min : at(minAt),
    max: maxAt < 0 ? stats.max : at(maxAt),
    lastTime: times[n - 1] as number,
  }
}
