import type { Sql } from '../postgres.ts'
import { unpackWhole } from './axis.ts'
import type { ChunkRow, Columns } from './chunks.ts'
import { unpackValues } from './codings.ts'

/** A chunk to read, of the generation of its series. */
export interface Wanted extends ChunkRow {
  generation: number
}

type Axis = Pick<Columns, 'steps' | 'times'>

const placeOf = ({ run, series, no }: { run: number | string; series: number; no: number }) => `${run} ${series} ${no}`

const columnsOf = (list: Wanted[]) => [
  list.map(({ run }) => run),
  list.map(({ series }) => series),
  list.map(({ generation }) => generation),
  list.map(({ no }) => no),
]

const from = `FROM unnest($1::bigint[], $2::int[], $3::int[], $4::int[]) AS w (run, series, generation, no)
  JOIN metric_chunk c ON c.run = w.run AND c.series = w.series AND c.generation = w.generation AND c.no = w.no`

/** The points of these chunks, of any runs and series, in the order given; or what `keep` leaves of each. */
export async function loadPoints<W extends Wanted>(
  sql: Sql,
  list: W[],
  keep: (points: Columns, chunk: W) => Columns = points => points,
): Promise<Columns[]> {
  if (list.length === 0) return []
  const { rows } = await sql.query<{ run: string; series: number; no: number; coding: number; body: Buffer }>(
    `SELECT c.run, c.series, c.no, c.coding, c.body ${from}`,
    columnsOf(list),
  )
  const found = new Map(rows.map(row => [placeOf(row), row]))
  const axes = await loadAxesOf(sql, list)
  return list.map(chunk => {
    const row = found.get(placeOf(chunk)) ?? missing(chunk)
    return keep({ ...axes(chunk), values: unpackValues(row.coding, row.body, chunk.n) }, chunk)
  })
}

/** Steps and times of a chunk, and what is known of its buckets. */
export interface Summary extends Axis {
  n: number
  stats: Buffer
  pyramid: Buffer | null
}

/** The summaries of these chunks, with their pyramids where asked for, in the order given. */
export async function loadSummaries(sql: Sql, list: Wanted[], pyramids: boolean): Promise<Summary[]> {
  if (list.length === 0) return []
  const { rows } = await sql.query<Pick<Summary, 'stats' | 'pyramid'> & { run: string; series: number; no: number }>(
    `SELECT c.run, c.series, c.no, c.stats, CASE WHEN $5 THEN c.pyramid END AS pyramid ${from}`,
    [...columnsOf(list), pyramids],
  )
  const found = new Map(rows.map(row => [placeOf(row), row]))
  const axes = await loadAxesOf(sql, list)
  return list.map(chunk => {
    const { stats, pyramid } = found.get(placeOf(chunk)) ?? missing(chunk)
    return { ...axes(chunk), n: chunk.n, stats, pyramid }
  })
}

/** Fetches the axes that these chunks name, each once; returns where a chunk finds its part of one. */
export async function loadAxesOf(sql: Sql, list: ChunkRow[]): Promise<(chunk: ChunkRow) => Axis> {
  const named = [...new Map(list.map(({ run, axis }) => [`${run} ${axis}`, { run, axis }])).values()]
  const { rows } = await sql.query<{ run: string; axis: string; n: number; steps: Buffer; times: Buffer }>(
    `SELECT a.run, a.axis, a.n, a.steps, a.times FROM unnest($1::bigint[], $2::bigint[]) AS w (run, axis)
     JOIN metric_axis a ON a.run = w.run AND a.axis = w.axis`,
    [named.map(({ run }) => run), named.map(({ axis }) => axis)],
  )
  const axes = new Map(
    rows.map(({ run, axis, n, steps, times }) => [
      `${run} ${axis}`,
      { steps: unpackWhole(steps, n), times: unpackWhole(times, n) },
    ]),
  )
  return chunk => {
    const { steps, times } = axes.get(`${chunk.run} ${chunk.axis}`) ?? missing(chunk)
    const end = chunk.axisFrom + chunk.n
    return { steps: steps.subarray(chunk.axisFrom, end), times: times.subarray(chunk.axisFrom, end) }
  }
}

function missing({ run, series, no }: ChunkRow): never {
  throw new Error(`run ${run}: chunk ${no} of series ${series} or its axis is missing`)
}
