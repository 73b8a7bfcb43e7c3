import type { Sql } from '../postgres.ts'
import { unpackWhole } from './axis.ts'
import { type ChunkStats, readStats } from './chunk-stats.ts'
import type { ChunkRow, Columns } from './chunks.ts'
import { unpackValues } from './codings.ts'
import { copyRows, numbers } from './copy-rows.ts'
import { CHUNK_POINTS } from './merge.ts'
import { type Level, roomFor, unpackPyramid } from './pyramid.ts'

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

/** Steps and times of a chunk, and its buckets: those of a level, or the chunk as one. */
export interface Summary extends Axis {
  n: number
  buckets: { level: Level; size: number } | { stats: ChunkStats }
}

const room = roomFor(CHUNK_POINTS / 64, 64)

/** Shows the summary of each of these chunks to `see`, as they arrive; a level is written over once it returns. */
export async function loadSummaries<W extends Wanted>(
  sql: Sql,
  list: W[],
  sizeOf: (chunk: W) => number,
  see: (summary: Summary, chunk: W) => void,
): Promise<void> {
  if (list.length === 0) return
  const axes = await loadAxesOf(sql, list)
  const lacking = new Set(list)
  const pyramids = list.some(chunk => sizeOf(chunk) < chunk.n)
  await copyRows(
    sql,
    `SELECT w.place::int4, c.stats, ${pyramids ? 'c.pyramid' : 'NULL::bytea'} FROM ${placed(list)}
     JOIN metric_chunk c ON c.run = w.run AND c.series = w.series AND c.generation = w.generation AND c.no = w.no`,
    ([place, stats, pyramid]) => {
      const chunk = list[(place as Buffer).readInt32BE() - 1] as W
      const size = sizeOf(chunk)
      const level = pyramid && chunk.n > size ? unpackPyramid(pyramid, chunk.n, size, room) : undefined
      see(
        { ...axes(chunk), n: chunk.n, buckets: level ? { level, size } : { stats: readStats(stats as Buffer) } },
        chunk,
      )
      lacking.delete(chunk)
    },
  )
  for (const chunk of lacking) missing(chunk)
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
