import type { Tx } from '../../store/postgres.ts'

/** The one value by which a list tells runs apart: the last of a key, as the statistics of its series say. */
export interface RunNumber {
  key: string
  value: number
  step: number
}

interface Found {
  run: string
  key: string
  last_value: number
  last_step: string
}

/** Of the key asked for, else, per project, of the key that most of these runs have, a loss before others. */
export async function numbersOf({ sql }: Tx, runs: readonly bigint[], key?: string): Promise<Map<string, RunNumber>> {
  const { rows } = await sql.query<Found>(
    `WITH known AS (
       SELECT s.run, r.project_id, s.key, s.label_set, s.last_step, s.last_value
       FROM metric_series s JOIN run r ON r.run = s.run
       WHERE s.run = ANY($1) AND s.kind = 'user' AND ($2::text IS NULL OR s.key = $2)
     ), chosen AS (
       SELECT DISTINCT ON (project_id) project_id, key FROM known GROUP BY project_id, key
       ORDER BY project_id, count(DISTINCT run) DESC, lower(key) LIKE '%loss%' DESC, key
     )
     SELECT DISTINCT ON (known.run) known.run, key, last_value, last_step
     FROM known JOIN chosen USING (project_id, key)
     WHERE last_step IS NOT NULL ORDER BY known.run, label_set`,
    [runs, key ?? null],
  )
  return new Map(rows.map(row => [row.run, { key: row.key, value: row.last_value, step: Number(row.last_step) }]))
}
