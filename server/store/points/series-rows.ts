import type { Sql } from '../postgres.ts'
import type { Labels } from './labels.ts'
import type { At, SeriesStats } from './series-stats.ts'

/** A series as it is known: its statistics are of the drawn points committed up to `cursor`. */
export interface StoredSeries {
  run: number
  series: number
  key: string
  labels: Labels
  labelSet: string
  kind: string
  generation: number
  cursor: number
  stats: SeriesStats
}

type Raw = Record<'run' | 'key' | 'label_set' | 'kind' | 'cursor' | 'count' | 'non_finite', string> &
  Record<'first_step' | 'last_step' | 'last_time' | 'min_step' | 'max_step', string | null> &
  Record<'first_value' | 'last_value' | 'min_value' | 'max_value', number | null> & {
    series: number
    generation: number
    labels: Labels
    sum: number
  }

/** The series of these runs, by key and labels; of all keys, or of these. */
export async function listSeries(sql: Sql, runs: number[], keys?: string[], labels?: Labels): Promise<StoredSeries[]> {
  const { rows } = await sql.query<Raw>(
    `SELECT run, series, key, labels, label_set, kind, generation, cursor, count, non_finite, first_step, first_value,
       last_step, last_value, last_time, min_value, min_step, max_value, max_step, sum
     FROM metric_series
     WHERE run = ANY ($1::bigint[]) AND ($2::text[] IS NULL OR key = ANY ($2)) AND ($3::jsonb IS NULL OR labels @> $3)
     ORDER BY run, key, label_set`,
    [runs, keys ?? null, labels ? JSON.stringify(labels) : null],
  )
  return rows.map(raw => ({
    run: Number(raw.run),
    series: raw.series,
    key: raw.key,
    labels: raw.labels,
    labelSet: raw.label_set,
    kind: raw.kind,
    generation: raw.generation,
    cursor: Number(raw.cursor),
    stats: {
      count: Number(raw.count),
      nonFinite: Number(raw.non_finite),
      sum: raw.sum,
      first: at(raw.first_step, raw.first_value),
      last: at(raw.last_step, raw.last_value),
      min: at(raw.min_step, raw.min_value),
      max: at(raw.max_step, raw.max_value),
      lastTime: raw.last_time === null ? null : Number(raw.last_time),
    },
  }))
}

const at = (step: string | null, value: number | null): At | null =>
  step === null || value === null ? null : { step: Number(step), value }
