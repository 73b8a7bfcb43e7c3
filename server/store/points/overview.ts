import type { Sql } from '../postgres.ts'
import type { Window } from './choose.ts'
import { readStats } from './chunk-stats.ts'
import { type ChunkRow, type Columns, loadAxes } from './chunks.ts'
import { CHUNK_POINTS } from './merge.ts'
import { unpackPyramid } from './pyramid.ts'
import type { StoredSeries } from './series-rows.ts'

/** Up to so many points of a series in a window are drawn from the points themselves. */
export const EXACT_MAX = 2_000_000

/** Buckets a pixel at least: an extreme is then at most one column off. */
const BUCKETS = 8

export interface Overview {
  points: Columns
  /** Points of the window that these stand for. */
  total: number
}

/**
 * First, lowest, highest and last of each bucket of the coarsest level that has 8 buckets a pixel, each at its own step and
 * time: every extreme is there. For chunks whose steps rise throughout.
 */
export async function readOverview(
  sql: Sql,
  { run, series, generation }: StoredSeries,
  chunks: ChunkRow[],
  width: number,
  by: 'step' | 'time',
  window: Window | null,
): Promise<Overview> {
  const n = chunks.reduce((sum, chunk) => sum + chunk.n, 0)
  const size = [CHUNK_POINTS, 512].find(one => n / one >= BUCKETS * width) ?? 64
  const { rows } = await sql.query<{ no: number; stats: Buffer; pyramid: Buffer | null }>(
    `SELECT no, stats, CASE WHEN $4 THEN pyramid END AS pyramid FROM metric_chunk
     WHERE run = $1 AND series = $2 AND generation = $3 AND no = ANY ($5::int[]) ORDER BY no`,
    [run, series, generation, size < CHUNK_POINTS, chunks.map(({ no }) => no)],
  )
  const summaries = new Map(rows.map(row => [row.no, row]))
  const axes = await loadAxes(sql, run, [...new Set(chunks.map(({ axis }) => axis))])
  const picked: Picked = { steps: [], times: [], values: [] }
  let total = 0
  for (const chunk of chunks) {
    const summary = summaries.get(chunk.no)
    const axis = axes.get(chunk.axis)
    if (!summary || !axis) throw new Error(`run ${run}: chunk ${chunk.no} of series ${series} or its axis is missing`)
    const from = chunk.axisFrom
    const steps = axis.steps.subarray(from, from + chunk.n)
    const times = axis.times.subarray(from, from + chunk.n)
    for (const bucket of bucketsOf(chunk.n, size, summary)) pick(picked, steps, times, bucket)
    total += inside(by === 'step' ? steps : times, window)
  }
  const { steps, times, values } = picked
  return {
    points: { steps: Float64Array.from(steps), times: Float64Array.from(times), values: Float64Array.from(values) },
    total,
  }
}

/** Offset and value of the points of a bucket that are shown. */
type Bucket = [offset: number, value: number][]

function bucketsOf(n: number, size: number, { stats, pyramid }: { stats: Buffer; pyramid: Buffer | null }): Bucket[] {
  const level = pyramid && n > size ? unpackPyramid(pyramid, n).find(one => one.size === size) : undefined
  if (!level) {
    const { first, last, min, max, minAt, maxAt } = readStats(stats)
    return [
      [
        [0, first],
        [minAt, min],
        [maxAt, max],
        [n - 1, last],
      ],
    ]
  }
  return Array.from(level.first, (first, i): Bucket => {
    const from = i * size
    const end = Math.min(n, from + size) - 1
    return [
      [from, first],
      [from + (level.minAt[i] as number), level.min[i] as number],
      [from + (level.maxAt[i] as number), level.max[i] as number],
      [end, level.last[i] as number],
    ]
  })
}

interface Picked {
  steps: number[]
  times: number[]
  values: number[]
}

/** In the order of the points, each once. A bucket without a finite value has neither lowest nor highest. */
function pick(picked: Picked, steps: Float64Array, times: Float64Array, [first, min, max, last]: Bucket): void {
  const hasExtremes = !Number.isNaN(min?.[1])
  const shown = new Map(hasExtremes ? ([first, min, max, last] as Bucket) : ([first, last] as Bucket))
  for (const [offset, value] of [...shown].sort(([one], [other]) => one - other)) {
    picked.steps.push(steps[offset] as number)
    picked.times.push(times[offset] as number)
    picked.values.push(value)
  }
}

/** How many of `xs` lie in the window. */
export function inside(xs: Float64Array, window: Window | null): number {
  if (!window) return xs.length
  let count = 0
  for (const x of xs) if (x >= window[0] && x <= window[1]) count++
  return count
}
