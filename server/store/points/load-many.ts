import type { Sql } from '../postgres.ts'
import { unpackWhole } from './axis.ts'
import type { ChunkRow, Columns } from './chunks.ts'
import { unpackValues } from './codings.ts'
import { copyRows, numbers } from './copy-rows.ts'

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

/** The same as a table of numbers in SQL, each with its place from 1. */
function placed(list: Wanted[]): string {
  const [runs, ...rest] = columnsOf(list) as [number[], ...number[][]]
  const columns = [numbers(runs, 'bigint'), ...rest.map(column => numbers(column, 'int'))]
  return `unnest(${columns.join()}) WITH ORDINALITY AS w (run, series, generation, no, place)`
}

/** The points of these chunks, of any runs and series, in the order given; or what `keep` leaves of each. */
export async function loadPoints<W extends Wanted>(
  sql: Sql,
  list: W[],
  keep: (points: Columns, chunk: W) => Columns = points => points,
): Promise<Columns[]> {
  if (list.length === 0) return []
  const axes = await loadAxesOf(sql, list)
  const kept: (Columns | undefined)[] = list.map(() => undefined)
  await copyRows(
    sql,
    `SELECT w.place::int4, c.coding::int4, c.body FROM ${placed(list)}
     JOIN metric_chunk c ON c.run = w.run AND c.series = w.series AND c.generation = w.generation AND c.no = w.no`,
    ([place, coding, body]) => {
      const at = (place as Buffer).readInt32BE() - 1
      const chunk = list[at] as W
      const values = unpackValues((coding as Buffer).readInt32BE(), body as Buffer, chunk.n)
      kept[at] = keep({ ...axes(chunk), values }, chunk)
    },
  )
  return kept.map((points, i) => points ?? missing(list[i] as W))
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
  const runs = numbers(
    named.map(({ run }) => run),
    'bigint',
  )
  const places = numbers(
    named.map(({ axis }) => axis),
    'bigint',
  )
  const axes = new Map<string, Axis>()
  await copyRows(
    sql,
    `SELECT w.place::int4, a.n::int4, a.steps, a.times FROM unnest(${runs}, ${places}) WITH ORDINALITY AS w (run, axis, place)
     JOIN metric_axis a ON a.run = w.run AND a.axis = w.axis`,
    ([place, length, steps, times]) => {
      const { run, axis } = named[(place as Buffer).readInt32BE() - 1] as (typeof named)[number]
      const n = (length as Buffer).readInt32BE()
      axes.set(`${run} ${axis}`, { steps: unpackWhole(steps as Buffer, n), times: unpackWhole(times as Buffer, n) })
    },
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
