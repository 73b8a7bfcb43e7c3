import { performance } from 'node:perf_hooks'
import type { Database } from '../postgres.ts'

/** Rows a second that keep lists sortable by metrics, and how often a run's are written at most. */
const ROWS_A_SECOND = 5_000
const EVERY_MS = 10_000

/** Brings `run_field` behind the statistics of series: oldest first, within a budget of rows. */
export class FieldWriter {
  readonly #db: Database
  /** Runs whose statistics moved, and since when. */
  readonly #due = new Map<number, number>()
  readonly #written = new Map<number, number>()
  #budget = ROWS_A_SECOND
  #filled = performance.now()

  constructor(db: Database) {
    this.#db = db
  }

  note(run: number): void {
    if (!this.#due.has(run)) this.#due.set(run, performance.now())
  }

  async flush(): Promise<void> {
    const now = performance.now()
    this.#budget = Math.min(ROWS_A_SECOND, this.#budget + ((now - this.#filled) / 1000) * ROWS_A_SECOND)
    this.#filled = now
    for (const [run] of this.#due) {
      if (this.#budget <= 0) return
      if (now - (this.#written.get(run) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) continue
      this.#due.delete(run)
      this.#written.set(run, now)
      this.#budget -= await writeFields(this.#db, run)
    }
    for (const [run, at] of this.#written) if (now - at > EVERY_MS && !this.#due.has(run)) this.#written.delete(run)
  }
}

/** First, last, min, max and mean of each key, of its series that comes first by labels. Returns the rows that changed. */
export function writeFields(db: Database, run: number): Promise<number> {
  return db.acrossWorkspaces(async ({ sql }) => {
    const { rowCount } = await sql.query(
      `INSERT INTO run_field (workspace_id, project_id, run, kind, key, num, step)
       SELECT r.workspace_id, r.project_id, r.run, k.kind, s.key, k.num, k.step
       FROM run r
       JOIN (SELECT DISTINCT ON (key) * FROM metric_series WHERE run = $1 AND kind = 'user' AND count > 0 ORDER BY key, label_set) s ON s.run = r.run
       CROSS JOIN LATERAL (VALUES
         ('first', s.first_value, s.first_step), ('last', s.last_value, s.last_step),
         ('min', s.min_value, s.min_step), ('max', s.max_value, s.max_step),
         ('mean', s.sum / nullif(s.count - s.non_finite, 0), NULL)) AS k (kind, num, step)
       WHERE r.run = $1 AND k.num IS NOT NULL
       ON CONFLICT (run, kind, key) DO UPDATE SET num = excluded.num, step = excluded.step
       WHERE run_field.num IS DISTINCT FROM excluded.num OR run_field.step IS DISTINCT FROM excluded.step`,
      [run],
    )
    return rowCount ?? 0
  })
}
