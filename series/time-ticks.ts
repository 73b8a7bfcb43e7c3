import { multiplesOf, roundStep } from './ticks.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map(n => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(n => n * MINUTE),
  ...[1, 2, 3, 6, 12].map(n => n * HOUR),
  ...[1, 2, 7, 14, 28].map(n => n * DAY),
]

/** The clock's step, in milliseconds, that cuts `span` milliseconds into at most `want` parts; 1-2-5 of it below a second or above days. */
export function timeStep(span: number, want: number): number {
  const ideal = span / Math.max(want, 1)
  if (ideal <= SECOND / 2) return Math.max(roundStep(span, want), 1)
  return STEPS.find(step => step >= ideal * 0.9) ?? Math.max(1, Math.round(roundStep(span / DAY, want))) * DAY
}

/** Durations from `low` to `high` milliseconds at round minutes, hours, days. */
export function durationTicks(low: number, high: number, want: number): number[] {
  return multiplesOf(timeStep(high - low, want), low, high)
}

/**
 * Moments from `low` to `high` (milliseconds since 1970 UTC) that are round in the reader's zone.
 * offset: what the zone adds to UTC, in milliseconds; the one in force at `low` serves the whole axis.
 */
export function clockTicks(low: number, high: number, want: number, offset: number): number[] {
  const step = timeStep(high - low, want)
  const first = Math.ceil((low + offset) / step) * step - offset
  const ticks: number[] = []
  for (let t = first; t <= high && ticks.length < 1000; t += step) ticks.push(t)
  return ticks
}
