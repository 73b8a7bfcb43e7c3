import type { Sql } from '../postgres.ts'
import { unpackWhole } from './axis.ts'
import { type ChunkStats, readStats } from './chunk-stats.ts'
import type { ChunkRow, Columns } from './chunks.ts'
import { unpackValues } from './codings.ts'
import { copyRows, numbers } from './copy-rows.ts'
import { type Level, unpackPyramid } from './pyramid.ts'

/** A chunk to read, of the generation of its series. */
export interface Wanted extends ChunkRow {
  generation: number
}

type Axis = Pick<Columns, 'steps' | 'times'>

const columnsOf = (list: Wanted[]) => [
  list.map(({ run }) => run),
  list.map(({ series }) => series),
  list.map(({ generation }) => generation),
  list.map(({ no }) => no),
]

/** These chunks as a table of numbers in SQL, each with its place from 1. */
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
  stats: ChunkStats
  /** Undefined where the chunk is no longer than one bucket, or where one bucket is all that was asked for. */
  level: Level | undefined
}

/** The summaries of these chunks, each with its buckets of so many points, in the order given. */
export async function loadSummaries<W extends Wanted>(
  sql: Sql,
  list: W[],
  sizeOf: (chunk: W) => number,
): Promise<Summary[]> {
  if (list.length === 0) return []
  const axes = await loadAxesOf(sql, list)
  const found: (Summary | undefined)[] = list.map(() => undefined)
  const pyramids = list.some(chunk => sizeOf(chunk) < chunk.n)
  await copyRows(
    sql,
    `SELECT w.place::int4, c.stats, ${pyramids ? 'c.pyramid' : 'NULL::bytea'} FROM ${placed(list)}
     JOIN metric_chunk c ON c.run = w.run AND c.series = w.series AND c.generation = w.generation AND c.no = w.no`,
    ([place, stats, pyramid]) => {
      const at = (place as Buffer).readInt32BE() - 1
      const chunk = list[at] as W
      const size = sizeOf(chunk)
      const level = pyramid && chunk.n > size ? unpackPyramid(pyramid, chunk.n, size) : undefined
      found[at] = { ...axes(chunk), n: chunk.n, stats: readStats(stats as Buffer), level }
    },
  )
  return found.map((summary, i) => summary ?? missing(list[i] as W))
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
