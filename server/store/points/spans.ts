import type { Sql } from '../postgres.ts'
import type { Columns, SeriesId } from './chunks.ts'
import { copyRows, numbers as places } from './copy-rows.ts'
import { unpackLevel } from './levels.ts'

/** 64 neighbouring chunks of a series as one row: a read tells from it whether it needs them, and draws an overview from its levels. */
export interface SpanRow {
  run: number
  series: number
  no: number
  firstNo: number
  lastNo: number
  n: number
  orderly: boolean
  stepMin: number
  stepMax: number
  timeMin: number
  timeMax: number
}

/** Points a bucket of the levels that spans keep, the coarsest first. */
export const SPAN_LEVELS = [32768, 4096, 512] as const
export type SpanLevel = (typeof SPAN_LEVELS)[number]

type Raw = Record<'run' | 'step_min' | 'step_max' | 'time_min' | 'time_max', string> &
  Record<'series' | 'no' | 'first_no' | 'last_no' | 'n', number> & { orderly: boolean }

export async function listSpans(sql: Sql, list: SeriesId[]): Promise<SpanRow[]> {
  const { rows } = await sql.query<Raw>(
    `SELECT p.run, p.series, p.no, p.first_no, p.last_no, p.n, p.orderly, p.step_min, p.step_max, p.time_min, p.time_max
     FROM unnest($1::bigint[], $2::int[], $3::int[]) AS s (run, series, generation)
     JOIN metric_span p ON p.run = s.run AND p.series = s.series AND p.generation = s.generation
     ORDER BY p.run, p.series, p.no`,
    [list.map(s => s.run), list.map(s => s.series), list.map(s => s.generation)],
  )
  return rows.map(raw => ({
    run: Number(raw.run),
    series: raw.series,
    no: raw.no,
    firstNo: raw.first_no,
    lastNo: raw.last_no,
    n: raw.n,
    orderly: raw.orderly,
    stepMin: Number(raw.step_min),
    stepMax: Number(raw.step_max),
    timeMin: Number(raw.time_min),
    timeMax: Number(raw.time_max),
  }))
}

/** The points of one level of these spans of a series, by the span's number. For orderly spans. */
export async function loadLevel(
  sql: Sql,
  { run, series, generation }: SeriesId,
  level: SpanLevel,
  numbers: number[],
): Promise<Map<number, Columns>> {
  const found = new Map<number, Columns>()
  await copyRows(
    sql,
    `SELECT p.no, p.level_${level} FROM unnest(${places([run], 'bigint')}, ${places([series], 'int')}, ${places([generation], 'int')}) AS s (run, series, generation)
     JOIN metric_span p ON p.run = s.run AND p.series = s.series AND p.generation = s.generation AND p.no = ANY (${places(numbers, 'int')})`,
    ([no, body]) => found.set((no as Buffer).readInt32BE(), unpackLevel(body as Buffer)),
  )
  return found
}
