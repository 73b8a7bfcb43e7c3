import type { Tx } from '../postgres.ts'
import { readStats } from './chunk-stats.ts'
import { type ChunkRow, listChunks, loadAxes, type SeriesId } from './chunks.ts'
import { type Bucket, joinBuckets, packLevel } from './levels.ts'
import { CHUNK_POINTS } from './merge.ts'
import { unpackPyramid } from './pyramid.ts'

/** Chunks a span. */
const SPAN = 64

/** So many spans are made at once, which bounds memory: 64 axes and 64 pyramids each. */
const AT_ONCE = 32

/**
 * Adds the spans that are due to these series of one run: for every 64 chunks in front of a full one, which are never packed
 * again. In the transaction that wrote the chunks, so that a reader sees both or neither. Also for a new generation, which
 * has none yet; the spans of an old one go with its chunks.
 */
export async function growSpans(tx: Tx, workspaceId: string, run: number, series: number[]): Promise<void> {
  let due = await listDue(tx, run, series)
  while (due.length > 0) {
    const grown: number[] = []
    for (let from = 0; from < due.length; from += AT_ONCE)
      grown.push(...(await addSpans(tx, workspaceId, run, due.slice(from, from + AT_ONCE))))
    due = await listDue(tx, run, grown)
  }
}

interface Due extends SeriesId {
  /** Chunks above this one, up to this one, are not in a span yet and stay as they are. */
  behind: number
  upto: number
  /** Number of the next span. */
  no: number
}

async function listDue({ sql }: Tx, run: number, series: number[]): Promise<Due[]> {
  if (series.length === 0) return []
  const { rows } = await sql.query<Omit<Due, 'run'>>(
    `SELECT s.series, s.generation, coalesce(p.last_no, -1) AS behind, c.no AS upto, coalesce(p.no + 1, 0) AS no
     FROM metric_series s
     LEFT JOIN LATERAL (
       SELECT no, last_no FROM metric_span p WHERE p.run = s.run AND p.series = s.series AND p.generation = s.generation
       ORDER BY no DESC LIMIT 1
     ) AS p ON true
     JOIN LATERAL (
       SELECT no FROM metric_chunk c WHERE c.run = s.run AND c.series = s.series AND c.generation = s.generation AND c.n >= $3
       ORDER BY no DESC LIMIT 1
     ) AS c ON true
     WHERE s.run = $1 AND s.series = ANY ($2::int[]) AND c.no - coalesce(p.last_no, -1) >= $4 ORDER BY s.series`,
    [run, series, CHUNK_POINTS, SPAN],
  )
  return rows.map(row => ({ run, ...row }))
}

/** One span for each of these series that has 64 chunks for it. Returns the series that got one. */
async function addSpans(tx: Tx, workspaceId: string, run: number, due: Due[]): Promise<number[]> {
  // Chunks of superseded points take numbers too: looked for among four times as many.
  const listed = await listChunks(
    tx.sql,
    due,
    due.map(({ behind, upto }) => [behind, Math.min(upto, behind + 4 * SPAN)]),
  )
  const bySeries = Map.groupBy(listed, ({ series }) => series)
  const spans = due.flatMap(one => {
    const chunks = (bySeries.get(one.series) ?? []).slice(0, SPAN)
    return chunks.length === SPAN ? [{ due: one, chunks, orderly: isOrdered(chunks) }] : []
  })
  const drawn = spans.filter(({ orderly }) => orderly)
  const summaries = await loadSummaries(
    tx,
    run,
    due,
    drawn.flatMap(({ chunks }) => chunks),
  )
  await insertSpans(
    tx,
    workspaceId,
    spans.map(span => ({ ...span, levels: span.orderly ? levelsOf(span.chunks, summaries) : [[], [], []] })),
  )
  return spans.map(span => span.due.series)
}

const isOrdered = (chunks: ChunkRow[]) =>
  chunks.every(({ sorted, stepMin }, i) => sorted && (i === 0 || stepMin > (chunks[i - 1] as ChunkRow).stepMax))

type Span = { due: Due; chunks: ChunkRow[]; orderly: boolean; levels: Bucket[][] }

async function insertSpans(tx: Tx, workspaceId: string, spans: Span[]): Promise<void> {
  if (spans.length === 0) return
  const rows = spans.map(({ due, chunks, orderly, levels }) => [
    due.series,
    due.generation,
    due.no,
    chunks[0]?.no,
    chunks.at(-1)?.no,
    chunks.reduce((sum, { n }) => sum + n, 0),
    orderly,
    Math.min(...chunks.map(({ stepMin }) => stepMin)),
    Math.max(...chunks.map(({ stepMax }) => stepMax)),
    Math.min(...chunks.map(({ timeMin }) => timeMin)),
    Math.max(...chunks.map(({ timeMax }) => timeMax)),
    ...levels.map(packLevel),
  ])
  const column = (i: number) => rows.map(row => row[i])
  await tx.sql.query(
    `INSERT INTO metric_span (workspace_id, run, series, generation, no, first_no, last_no, n, orderly, step_min, step_max,
       time_min, time_max, level_512, level_4096, level_32768)
     SELECT $1, $2, p.* FROM unnest($3::int[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[], $9::bool[], $10::bigint[],
       $11::bigint[], $12::bigint[], $13::bigint[], $14::bytea[], $15::bytea[], $16::bytea[]) AS p`,
    [workspaceId, spans[0]?.due.run, ...Array.from({ length: 14 }, (_, i) => column(i))],
  )
}

interface Summary {
  stats: Buffer
  pyramid: Buffer | null
}

interface Summaries {
  of: Map<string, Summary>
  axes: Awaited<ReturnType<typeof loadAxes>>
}

async function loadSummaries({ sql }: Tx, run: number, due: Due[], chunks: ChunkRow[]): Promise<Summaries> {
  const generations = new Map(due.map(({ series, generation }) => [series, generation]))
  const { rows } = await sql.query<Summary & { series: number; no: number }>(
    `SELECT c.series, c.no, c.stats, c.pyramid FROM unnest($2::int[], $3::int[], $4::int[]) AS w (series, generation, no)
     JOIN metric_chunk c ON c.run = $1 AND c.series = w.series AND c.generation = w.generation AND c.no = w.no`,
    [run, chunks.map(c => c.series), chunks.map(c => generations.get(c.series)), chunks.map(c => c.no)],
  )
  return {
    of: new Map(rows.map(row => [`${row.series} ${row.no}`, row])),
    axes: await loadAxes(sql, run, [...new Set(chunks.map(({ axis }) => axis))]),
  }
}

/** Buckets of 512, of 4,096 (a chunk) and of 32,768 points (8 chunks). */
function levelsOf(chunks: ChunkRow[], { of, axes }: Summaries): [Bucket[], Bucket[], Bucket[]] {
  const small: Bucket[] = []
  const whole: Bucket[] = []
  const large: Bucket[] = []
  for (const [i, chunk] of chunks.entries()) {
    const summary = of.get(`${chunk.series} ${chunk.no}`)
    const axis = axes.get(chunk.axis)
    if (!summary || !axis) throw new Error(`run ${chunk.run}: chunk ${chunk.no} of series ${chunk.series} is missing`)
    const at = (offset: number, value: number) => ({
      step: axis.steps[chunk.axisFrom + offset] as number,
      time: axis.times[chunk.axisFrom + offset] as number,
      value,
    })
    const bucket = bucketOf(chunk.n, summary.stats, at)
    whole.push(bucket)
    small.push(...smallBuckets(chunk.n, summary, at, bucket))
    const eighth = Math.floor(i / 8)
    large[eighth] = large[eighth] ? joinBuckets(large[eighth], bucket) : bucket
  }
  return [small, whole, large]
}

type At = (offset: number, value: number) => Bucket['first']

function bucketOf(n: number, stats: Buffer, at: At): Bucket {
  const { first, last, min, max, minAt, maxAt, sum, nonFinite } = readStats(stats)
  return {
    first: at(0, first),
    last: at(n - 1, last),
    min: at(minAt, min),
    max: at(maxAt, max),
    sum,
    count: n - nonFinite,
  }
}

function smallBuckets(n: number, { pyramid }: Summary, at: At, whole: Bucket): Bucket[] {
  const size = 512
  const level = pyramid && unpackPyramid(pyramid, n, size)
  if (!level) return [whole]
  return Array.from(level.first, (first, i): Bucket => {
    const from = i * size
    return {
      first: at(from, first),
      last: at(Math.min(n, from + size) - 1, level.last[i] as number),
      min: at(from + (level.minAt[i] as number), level.min[i] as number),
      max: at(from + (level.maxAt[i] as number), level.max[i] as number),
      sum: level.sum[i] as number,
      count: level.count[i] as number,
    }
  })
}
