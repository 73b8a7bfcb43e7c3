import type { Tx } from '../postgres.ts'
import { isWithin, type Window } from './choose.ts'
import type { ChunkRow, Columns } from './chunks.ts'
import { joined } from './drawn.ts'
import { loadAxesOf, loadSummaries, type Summary } from './load-many.ts'
import { CHUNK_POINTS } from './merge.ts'
import { type Chosen, chunksOfSpans } from './outline.ts'
import type { StoredSeries } from './series-rows.ts'
import { loadLevel, SPAN_LEVELS, type SpanLevel, type SpanRow } from './spans.ts'

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
 * First, lowest, highest and last of each bucket of the coarsest level that has 8 buckets a pixel (else of the finest), each
 * at its own step and time: every extreme is there. For series whose steps rise throughout.
 */
export async function readOverview(
  tx: Tx,
  row: StoredSeries,
  { spans, chunks, n }: Chosen,
  width: number,
  by: 'step' | 'time',
  window: Window | null,
): Promise<Overview> {
  const level = SPAN_LEVELS.find(size => n / size >= BUCKETS * width)
  const cut = spans.filter(span => !isWithin(span, by, window))
  const expanded = [...(await chunksOfSpans(tx, row, level ? cut : spans)).values()].flat()
  const blocks = level ? await spanBlocks(tx, row, spans, level) : []
  const fine = level ? chunks : [...expanded, ...chunks]
  const wanted = fine.map(chunk => ({ ...chunk, generation: row.generation }))
  const size = Math.min(level ?? 64, CHUNK_POINTS)
  blocks.push(shownOf(await loadSummaries(tx.sql, wanted, () => size), size))
  const whole = level ? spans.reduce((sum, span) => sum + (isWithin(span, by, window) ? span.n : 0), 0) : 0
  return { points: joined(blocks), total: whole + (await countInside(tx, [...expanded, ...chunks], by, window)) }
}

async function spanBlocks({ sql }: Tx, row: StoredSeries, spans: SpanRow[], level: SpanLevel) {
  const loaded = await loadLevel(
    sql,
    row,
    level,
    spans.map(({ no }) => no),
  )
  return spans.map(({ no }) => loaded.get(no) as Columns)
}

/** How many points lie in the window; only chunks across its edges are looked into. */
async function countInside({ sql }: Tx, chunks: ChunkRow[], by: 'step' | 'time', window: Window | null) {
  const edge = chunks.filter(chunk => !isWithin(chunk, by, window))
  const axes = edge.length > 0 ? await loadAxesOf(sql, edge) : undefined
  let total = chunks.reduce((sum, chunk) => sum + (isWithin(chunk, by, window) ? chunk.n : 0), 0)
  for (const chunk of edge) total += inside(axes?.(chunk)[by === 'step' ? 'steps' : 'times'] ?? none, window)
  return total
}

const none = new Float64Array(0)

/** What is shown of these buckets of chunks, one chunk after the other. */
export function shownOf(chunks: Summary[], size: number): Columns {
  const most = chunks.reduce((sum, { n }) => sum + 4 * Math.ceil(n / size), 0)
  const room = () => new Float64Array(most)
  const picked: Picked = { n: 0, steps: room(), times: room(), values: room() }
  for (const chunk of chunks) pickBuckets(picked, chunk, size)
  const whole = ({ n }: Picked, column: Float64Array) => column.subarray(0, n)
  return {
    steps: whole(picked, picked.steps),
    times: whole(picked, picked.times),
    values: whole(picked, picked.values),
  }
}

/** Adds what is shown of a chunk's buckets. */
function pickBuckets(picked: Picked, { steps, times, n, stats, level }: Summary, size: number): void {
  if (!level) {
    const { first, last, min, max, minAt, maxAt } = stats
    pick(picked, steps, times, 0, first, minAt, min, maxAt, max, n - 1, last)
    return
  }
  for (let i = 0; i < level.first.length; i++) {
    const from = i * size
    const [minAt, maxAt] = [from + (level.minAt[i] as number), from + (level.maxAt[i] as number)]
    const [min, max] = [level.min[i] as number, level.max[i] as number]
    const end = Math.min(n, from + size) - 1
    pick(picked, steps, times, from, level.first[i] as number, minAt, min, maxAt, max, end, level.last[i] as number)
  }
}

interface Picked extends Columns {
  n: number
}

/** In the order of the points, each once. A bucket without a finite value has neither lowest nor highest. */
function pick(
  picked: Picked,
  steps: Float64Array,
  times: Float64Array,
  from: number,
  first: number,
  minAt: number,
  min: number,
  maxAt: number,
  max: number,
  end: number,
  last: number,
): void {
  const put = (at: number, value: number) => {
    picked.steps[picked.n] = steps[at] as number
    picked.times[picked.n] = times[at] as number
    picked.values[picked.n++] = value
  }
  put(from, first)
  if (!Number.isNaN(min)) {
    const [early, late] = minAt < maxAt ? [minAt, maxAt] : [maxAt, minAt]
    if (early > from && early < end) put(early, early === minAt ? min : max)
    if (late > early && late > from && late < end) put(late, late === minAt ? min : max)
  }
  if (end > from) put(end, last)
}

/** How many of `xs` lie in the window. */
export function inside(xs: Float64Array, window: Window | null): number {
  if (!window) return xs.length
  let count = 0
  for (const x of xs) if (x >= window[0] && x <= window[1]) count++
  return count
}
