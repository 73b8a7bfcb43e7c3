import type { Sql, Tx } from '../postgres.ts'
import { isWithin, type Window } from './choose.ts'
import type { ChunkRow, Columns } from './chunks.ts'
import { joined } from './drawn.ts'
import { loadAxesOf, loadSummaries, type Summary, type Wanted } from './load-many.ts'
import { CHUNK_POINTS } from './merge.ts'
import { type Chosen, chunksOfSpans } from './outline.ts'
import type { Level } from './pyramid.ts'
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
  blocks.push(...(await loadShown(tx.sql, [wanted], () => size)))
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

/**
 * What is shown of these chunks of series, each a list in order; of each chunk the level that `sizeOf` says. Columns are views
 * of one room: thousands of chunks need no memory of their own. `see` is told of each chunk.
 */
export async function loadShown<W extends Wanted>(
  sql: Sql,
  series: W[][],
  sizeOf: (chunk: W) => number,
  see: (summary: Summary, chunk: W) => void = () => {},
): Promise<Columns[]> {
  const chunks = series.flat()
  const mostOf = (chunk: W) => 4 * Math.ceil(chunk.n / sizeOf(chunk))
  const size = chunks.reduce((sum, chunk) => sum + mostOf(chunk), 0)
  const room: Room = {
    n: 0,
    steps: new Float64Array(size),
    times: new Float64Array(size),
    values: new Float64Array(size),
  }
  const froms = new Map<W, number>()
  for (const [from, chunk] of runningSum(chunks, mostOf)) froms.set(chunk, from)
  const ends = new Map<W, number>()
  await loadSummaries(sql, chunks, sizeOf, (summary, chunk) => {
    room.n = froms.get(chunk) as number
    show(summary, room)
    ends.set(chunk, room.n)
    see(summary, chunk)
  })
  return series.map(own =>
    closed(
      room,
      own.map(chunk => [froms.get(chunk) as number, ends.get(chunk) as number]),
    ),
  )
}

function* runningSum<T>(list: T[], of: (item: T) => number): Generator<[before: number, item: T]> {
  let before = 0
  for (const item of list) {
    yield [before, item]
    before += of(item)
  }
}

/** The points of these stretches, moved together. */
function closed({ steps, times, values }: Room, stretches: [from: number, to: number][]): Columns {
  const start = stretches[0]?.[0] ?? 0
  let end = start
  for (const [from, to] of stretches) {
    for (const column of [steps, times, values]) column.copyWithin(end, from, to)
    end += to - from
  }
  return { steps: steps.subarray(start, end), times: times.subarray(start, end), values: values.subarray(start, end) }
}

interface Room extends Columns {
  n: number
}

/** Adds what is shown of the buckets of a chunk. */
function show({ steps, times, n, buckets }: Summary, room: Room): void {
  if ('stats' in buckets) {
    const { first, last, min, max, minAt, maxAt } = buckets.stats
    pick(room, steps, times, 0, first, minAt, min, maxAt, max, n - 1, last)
  } else pickBuckets(room, steps, times, n, buckets.level, buckets.size)
}

function pickBuckets(
  room: Room,
  steps: Float64Array,
  times: Float64Array,
  n: number,
  { first, last, min, max, minAt, maxAt }: Level,
  size: number,
): void {
  for (let i = 0, from = 0; from < n; i++, from += size) {
    const [lowAt, highAt] = [from + (minAt[i] as number), from + (maxAt[i] as number)]
    const end = Math.min(n, from + size) - 1
    pick(
      room,
      steps,
      times,
      from,
      first[i] as number,
      lowAt,
      min[i] as number,
      highAt,
      max[i] as number,
      end,
      last[i] as number,
    )
  }
}

/** In the order of the points, each once. A bucket without a finite value has neither lowest nor highest. */
function pick(
  room: Room,
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
  put(room, steps, times, from, first)
  if (!Number.isNaN(min)) {
    const [early, late] = minAt < maxAt ? [minAt, maxAt] : [maxAt, minAt]
    if (early > from && early < end) put(room, steps, times, early, early === minAt ? min : max)
    if (late > early && late > from && late < end) put(room, steps, times, late, late === minAt ? min : max)
  }
  if (end > from) put(room, steps, times, end, last)
}

function put(room: Room, steps: Float64Array, times: Float64Array, at: number, value: number): void {
  room.steps[room.n] = steps[at] as number
  room.times[room.n] = times[at] as number
  room.values[room.n++] = value
}

/** How many of `xs` lie in the window. */
export function inside(xs: Float64Array, window: Window | null): number {
  if (!window) return xs.length
  let count = 0
  for (const x of xs) if (x >= window[0] && x <= window[1]) count++
  return count
}
