import type { ChunkRow } from './chunks.ts'
import type { SeriesPicture } from './snapshot.ts'

export type Window = readonly [from: number, to: number]

/** Whether chunks and late points, in order of commit, have strictly rising steps altogether: nothing revises anything. */
export function isOrderly({ chunks, late }: SeriesPicture): boolean {
  let last = Number.NEGATIVE_INFINITY
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

/**
 * The chunks from which the drawn points of the window, the one before it and the one after it can be told. By time only
 * where nothing is revised: a point outside a window of time may revise one inside.
 */
export function chunksOf(picture: SeriesPicture, by: 'step' | 'time', window: Window | null): ChunkRow[] {
  const { chunks } = picture
  if (!window || (by === 'time' && !isOrderly(picture))) return chunks
  const [low, high] = by === 'step' ? (['stepMin', 'stepMax'] as const) : (['timeMin', 'timeMax'] as const)
  const [from, to] = window
  let before = Number.NEGATIVE_INFINITY
  let after = Number.POSITIVE_INFINITY
  for (const chunk of chunks) {
    if (chunk[high] < from) before = Math.max(before, chunk[high])
    if (chunk[low] > to) after = Math.min(after, chunk[low])
  }
  return chunks.filter(
    chunk => (chunk[high] >= from && chunk[low] <= to) || chunk[high] === before || chunk[low] === after,
  )
}

/** Smallest and largest x of all its points; null where it has none. */
export function extent({ chunks, late }: SeriesPicture, by: 'step' | 'time'): Window | null {
  const [low, high] = by === 'step' ? (['stepMin', 'stepMax'] as const) : (['timeMin', 'timeMax'] as const)
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const chunk of chunks) {
    from = Math.min(from, chunk[low])
    to = Math.max(to, chunk[high])
  }
  for (const stretch of late) {
    const xs = by === 'step' ? stretch.steps : stretch.times
    for (let i = 0; i < xs.length; i++) {
      from = Math.min(from, xs[i] as number)
      to = Math.max(to, xs[i] as number)
    }
  }
  return from <= to ? [from, to] : null
}
