import type { Sql } from '../postgres.ts'
import { unpackWhole } from './axis.ts'
import { unpackValues } from './codings.ts'
import { readRuns, type WriterRun } from './writer-runs.ts'

/** Points of one series in order of commit. */
export interface Columns {
  steps: Float64Array
  times: Float64Array
  values: Float64Array
}

/** What a read needs to know of a chunk before it fetches its bodies. */
export interface ChunkRow {
  run: number
  series: number
  no: number
  n: number
  sorted: boolean
  stepMin: number
  stepMax: number
  timeMin: number
  timeMax: number
  axis: number
  axisFrom: number
  cursorMax: number
}

export interface Chunk extends ChunkRow, Columns {
  writers: WriterRun[]
}

const words = `c.run, c.series, c.no, c.n, c.sorted, c.step_min, c.step_max, c.time_min, c.time_max, c.axis, c.axis_from, c.cursor_max`

type Raw = Record<'run' | 'step_min' | 'step_max' | 'time_min' | 'time_max' | 'axis' | 'cursor_max', string> &
  Record<'series' | 'no' | 'n' | 'axis_from', number> & { sorted: boolean }

const rowOf = (raw: Raw): ChunkRow => ({
  run: Number(raw.run),
  series: raw.series,
  no: raw.no,
  n: raw.n,
  sorted: raw.sorted,
  stepMin: Number(raw.step_min),
  stepMax: Number(raw.step_max),
  timeMin: Number(raw.time_min),
  timeMax: Number(raw.time_max),
  axis: Number(raw.axis),
  axisFrom: raw.axis_from,
  cursorMax: Number(raw.cursor_max),
})

export interface SeriesId {
  run: number
  series: number
  generation: number
}

const INT_MAX = 0x7fffffff

const ids = (list: SeriesId[]) => [list.map(s => s.run), list.map(s => s.series), list.map(s => s.generation)]

/** The chunks of these series that are drawn from, in order of commit; of each, where given, those with numbers in (behind, upto]. */
export async function listChunks(
  sql: Sql,
  list: SeriesId[],
  numbers: (readonly [behind: number, upto: number])[] = list.map(() => [-1, INT_MAX]),
): Promise<ChunkRow[]> {
  if (list.length === 0) return []
  const { rows } = await sql.query<Raw>(
    `SELECT ${words} FROM unnest($1::bigint[], $2::int[], $3::int[], $4::int[], $5::int[]) AS s (run, series, generation, behind, upto)
     JOIN metric_chunk c ON c.run = s.run AND c.series = s.series AND c.generation = s.generation AND c.no > s.behind AND c.no <= s.upto
     WHERE c.kind <> 'past' ORDER BY c.run, c.series, c.no`,
    [...ids(list), numbers.map(([behind]) => behind), numbers.map(([, upto]) => upto)],
  )
  return rows.map(rowOf)
}

/** The last few chunks of each series, the latest first. */
export async function listTrailing(sql: Sql, list: SeriesId[]): Promise<ChunkRow[]> {
  const { rows } = await sql.query<Raw>(
    `SELECT ${words} FROM unnest($1::bigint[], $2::int[], $3::int[]) AS s (run, series, generation)
     CROSS JOIN LATERAL (
       SELECT * FROM metric_chunk c WHERE c.run = s.run AND c.series = s.series AND c.generation = s.generation
       ORDER BY c.no DESC LIMIT 16
     ) AS c ORDER BY c.run, c.series, c.no DESC`,
    ids(list),
  )
  return rows.map(rowOf)
}

export async function lastNumbers(sql: Sql, list: SeriesId[]): Promise<Map<number, number>> {
  const { rows } = await sql.query<{ series: number; no: number | null }>(
    `SELECT s.series, (SELECT max(c.no) FROM metric_chunk c
       WHERE c.run = s.run AND c.series = s.series AND c.generation = s.generation) AS no
     FROM unnest($1::bigint[], $2::int[], $3::int[]) AS s (run, series, generation)`,
    ids(list),
  )
  return new Map(rows.map(({ series, no }) => [series, no ?? -1]))
}

/** Fetches and unpacks these chunks of one run, in the order given. An axis that several share is unpacked once. */
export async function loadChunks(
  sql: Sql,
  run: number,
  generationOf: (series: number) => number,
  list: ChunkRow[],
): Promise<Chunk[]> {
  if (list.length === 0) return []
  const { rows } = await sql.query<{ series: number; no: number; coding: number; body: Buffer; writers: Buffer }>(
    `SELECT c.series, c.no, c.coding, c.body, c.writers FROM unnest($2::int[], $3::int[], $4::int[]) AS w (series, generation, no)
     JOIN metric_chunk c ON c.run = $1 AND c.series = w.series AND c.generation = w.generation AND c.no = w.no`,
    [run, list.map(c => c.series), list.map(c => generationOf(c.series)), list.map(c => c.no)],
  )
  const bodies = new Map(rows.map(row => [`${row.series} ${row.no}`, row]))
  const axes = await loadAxes(sql, run, [...new Set(list.map(chunk => chunk.axis))])
  return list.map(chunk => {
    const found = bodies.get(`${chunk.series} ${chunk.no}`)
    const axis = axes.get(chunk.axis)
    if (!found || !axis)
      throw new Error(`run ${run}: chunk ${chunk.no} of series ${chunk.series} or its axis is missing`)
    return {
      ...chunk,
      steps: axis.steps.subarray(chunk.axisFrom, chunk.axisFrom + chunk.n),
      times: axis.times.subarray(chunk.axisFrom, chunk.axisFrom + chunk.n),
      values: unpackValues(found.coding, found.body, chunk.n),
      writers: readRuns(found.writers),
    }
  })
}

/** Steps and times by the axis' number. */
export async function loadAxes(sql: Sql, run: number, axes: number[]) {
  const { rows } = await sql.query<{ axis: string; n: number; steps: Buffer; times: Buffer }>(
    'SELECT axis, n, steps, times FROM metric_axis WHERE run = $1 AND axis = ANY ($2::bigint[])',
    [run, axes],
  )
  return new Map(
    rows.map(({ axis, n, steps, times }) => [
      Number(axis),
      { steps: unpackWhole(steps, n), times: unpackWhole(times, n) },
    ]),
  )
}
