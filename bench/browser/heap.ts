import type { CDPSession } from '@playwright/test'

/** The page's heap after everything unreachable is gone; `points` are the columns, which lie outside of it. */
export type HeapSample = { seconds: number; mb: number; points: number }

export async function heapOf(session: CDPSession, seconds: number): Promise<HeapSample> {
  await session.send('HeapProfiler.collectGarbage')
  const usage: { usedSize: number; backingStorageSize?: number } = await session.send('Runtime.getHeapUsage')
  const mb = (bytes = 0) => Math.round((10 * bytes) / 2 ** 20) / 10
  return { seconds: Math.round(seconds), mb: mb(usage.usedSize), points: mb(usage.backingStorageSize) }
}

/** What stands there before all panels have been in view once is no growth. */
const WARM = 0.1

/** The straight line through the heap of all samples but the first tenth: percent an hour of where it begins. */
export function growthOf(heap: readonly HeapSample[]): number | null {
  const last = heap.at(-1)?.seconds ?? 0
  const warm = heap.filter(({ seconds }) => seconds >= WARM * last)
  if (warm.length < 3) return null
  const mean = (of: (sample: HeapSample) => number) => warm.reduce((sum, each) => sum + of(each), 0) / warm.length
  const at = mean(({ seconds }) => seconds)
  const mb = mean(each => each.mb)
  const slope = mean(each => (each.seconds - at) * (each.mb - mb)) / mean(({ seconds }) => (seconds - at) ** 2)
  const start = mb + slope * ((warm[0]?.seconds ?? 0) - at)
  return Math.round((10 * 100 * 3600 * slope) / start) / 10
}
