import type { Database, Tx } from '../postgres.ts'
import { SEAL_LOCK } from './seal.ts'

/** Rows a transaction deletes of one table: locks and memory stay small however long the run was. */
const ROWS = 1_000

/** Deleted runs that still have something here. */
export async function listDeleted(db: Database): Promise<number[]> {
  const { rows } = await db.acrossWorkspaces(({ sql }) =>
    sql.query<{ run: string }>(
      `SELECT r.run FROM run r WHERE r.deleted_at IS NOT NULL
       AND (EXISTS (SELECT FROM metric_head h WHERE h.run = r.run) OR EXISTS (SELECT FROM metric_series s WHERE s.run = r.run))
       ORDER BY r.run LIMIT 100`,
    ),
  )
  return rows.map(({ run }) => Number(run))
}

/**
 * Deletes all points of a run that is deleted. First its marks and head: from then on nothing is committed to it or sealed of
 * it. Last its series, by which an interrupted purge is found again.
 */
export async function purgeRun(db: Database, run: number): Promise<void> {
  await db.acrossWorkspaces(tx => deleteMarks(tx, run))
  for (const table of ['metric_frame', 'metric_chunk', 'metric_span', 'metric_axis', 'metric_quarantine'])
    while ((await db.acrossWorkspaces(tx => deleteSome(tx, table, run))) === ROWS);
  await db.acrossWorkspaces(async ({ sql }) => {
    await sql.query('DELETE FROM metric_series WHERE run = $1', [run])
    await sql.query(`DELETE FROM run_field WHERE run = $1 AND kind IN ('first', 'last', 'min', 'max', 'mean')`, [run])
  })
}

async function deleteMarks({ sql }: Tx, run: number): Promise<void> {
  await sql.query('SELECT pg_advisory_xact_lock($1::int, $2::int)', [SEAL_LOCK, run % 0x7fffffff])
  await sql.query('SELECT FROM metric_writer WHERE run = $1 ORDER BY writer FOR UPDATE', [run])
  await sql.query('DELETE FROM metric_writer WHERE run = $1', [run])
  await sql.query('DELETE FROM metric_head WHERE run = $1', [run])
}

async function deleteSome({ sql }: Tx, table: string, run: number): Promise<number> {
  // By tableoid too: places are told apart within one partition only.
  const { rowCount } = await sql.query(
    `DELETE FROM ${table} t USING (SELECT tableoid AS place, ctid AS at FROM ${table} WHERE run = $1 LIMIT ${ROWS}) AS taken
     WHERE t.tableoid = taken.place AND t.ctid = taken.at AND t.run = $1`,
    [run],
  )
  return rowCount ?? 0
}
