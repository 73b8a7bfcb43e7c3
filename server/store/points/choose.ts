import type { ChunkRow } from './chunks.ts'
import type { SeriesPicture } from './snapshot.ts'
import type { SpanRow } from './spans.ts'

export type Window = readonly [from: number, to: number]

/** Where the points of a chunk, or of a span of chunks, lie. */
interface Place {
  stepMin: number
  stepMax: number
  timeMin: number
  timeMax: number
}

/** Spans, the chunks behind them and late points of a series, in order of commit. */
export type Outline = Pick<SeriesPicture, 'late'> & { spans: SpanRow[]; chunks: ChunkRow[] }

/** Whether steps rise strictly throughout: nothing revises anything. */
export function isOrderly({ spans, chunks, late }: Outline): boolean {
  let last = Number.NEGATIVE_INFINITY
  for (const { orderly, stepMin, stepMax } of spans) {
    if (!orderly || stepMin <= last) return false
    last = stepMax
  }
  for (const { sorted, stepMin, stepMax } of chunks) {
    if (!sorted || stepMin <= last) return false
    last = stepMax
  }
  for (const { steps } of late)
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i] as number
      if (step <= last) return false
      last = step
    }
  return true
}

/** Of these chunks and spans, those with points of the window, with the last before it and with the first behind it. */
export function around(places: Place[], by: 'step' | 'time', [from, to]: Window): (place: Place) => boolean {
  const [low, high] = ends(by)
  let before = Number.NEGATIVE_INFINITY
  let after = Number.POSITIVE_INFINITY
  for (const place of places) {
    if (place[high] < from) before = Math.max(before, place[high])
    if (place[low] > to) after = Math.min(after, place[low])
  }
  return place => (place[high] >= from && place[low] <= to) || place[high] === before || place[low] === after
}

/** Whether all points of it lie in the window. */
export function isWithin(place: Place, by: 'step' | 'time', window: Window | null): boolean {
  const [low, high] = ends(by)
  return !window || (place[low] >= window[0] && place[high] <= window[1])
}

/** Smallest and largest x of all its points; null where it has none. */
export function extent({ spans, chunks, late }: Outline, by: 'step' | 'time'): Window | null {
  const [low, high] = ends(by)
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const place of [...spans, ...chunks]) {
    from = Math.min(from, place[low])
    to = Math.max(to, place[high])
  }
  for (const stretch of late) {
    const own = extentOf(by === 'step' ? stretch.steps : stretch.times)
    if (own) [from, to] = [Math.min(from, own[0]), Math.max(to, own[1])]
  }
  return from <= to ? [from, to] : null
}

/** Of the finite items. */
export function extentOf(xs: Float64Array): Window | null {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i] as number
    if (x < from && x !== Number.NEGATIVE_INFINITY) from = x
    if (x > to && x !== Number.POSITIVE_INFINITY) to = x
  }
  return from <= to ? [from, to] : null
}

export const joinWindows = (one: Window | null, other: Window | null): Window | null =>
  one && other ? [Math.min(one[0], other[0]), Math.max(one[1], other[1])] : (one ?? other)

const ends = (by: 'step' | 'time') =>
  by === 'step' ? (['stepMin', 'stepMax'] as const) : (['timeMin', 'timeMax'] as const)
