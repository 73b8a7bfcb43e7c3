import type { Database } from '../postgres.ts'

export const SLOTS = 8

/** When the current slot is left for the next one. */
export interface RingLimits {
  ageMs: number
  bytes: number
}

/**
 * Turns level 0's ring: frames go into the next slot when the current one is old or big and the next one is empty (else the
 * current one goes on), and slots whose frames are all sealed give their space back. Returns the slots that were emptied.
 */
export async function turnRing(db: Database, limits: RingLimits): Promise<number[]> {
  await db.acrossWorkspaces(({ sql }) =>
    sql.query(
      `UPDATE metric_ring SET slot = (slot + 1) % ${SLOTS}, since = now()
       WHERE (since < now() - $1 * interval '1 millisecond' OR pg_table_size(format('metric_frame_%s', slot)::regclass) > $2)
         AND pg_table_size(format('metric_frame_%s', slot)::regclass) > $3
         AND pg_table_size(format('metric_frame_%s', (slot + 1) % ${SLOTS})::regclass) <= $3`,
      [limits.ageMs, limits.bytes, EMPTY_BYTES],
    ),
  )
  const { rows } = await db.acrossWorkspaces(({ sql }) =>
    sql.query<{ slot: number }>(
      `SELECT s.slot FROM generate_series(0, ${SLOTS - 1}) AS s (slot), metric_ring r
       WHERE s.slot <> r.slot AND pg_table_size(format('metric_frame_%s', s.slot)::regclass) > $1`,
      [EMPTY_BYTES],
    ),
  )
  const emptied: number[] = []
  for (const { slot } of rows) if (await emptySlot(db, slot)) emptied.push(slot)
  return emptied
}

/** What level 0 takes on disk. */
export async function ringBytes(db: Database): Promise<number> {
  const { rows } = await db.acrossWorkspaces(({ sql }) =>
    sql.query<{ bytes: string }>(
      `SELECT sum(pg_total_relation_size(format('metric_frame_%s', s)::regclass)) AS bytes FROM generate_series(0, ${SLOTS - 1}) AS s`,
    ),
  )
  return Number(rows[0]?.bytes)
}

/** What an empty partition takes: the first page of its TOAST index. */
const EMPTY_BYTES = 8192

/**
 * The lock waits for inserts under way, which may have read an older `metric_ring`; only then is it asked whether a frame is
 * left. It is held for a moment and not waited for long: whoever inserts would wait behind it.
 */
async function emptySlot(db: Database, slot: number): Promise<boolean> {
  try {
    return await db.acrossWorkspaces(async ({ sql }) => {
      await sql.query(`SET LOCAL lock_timeout = '20ms'`)
      const left = await sql.query(`SELECT FROM metric_frame_${slot} LIMIT 1`)
      if (left.rowCount) return false
      await sql.query(`LOCK TABLE metric_frame_${slot} IN ACCESS EXCLUSIVE MODE`)
      const still = await sql.query(`SELECT FROM metric_frame_${slot} LIMIT 1`)
      if (still.rowCount) return false
      await sql.query(`TRUNCATE metric_frame_${slot}`)
      return true
    })
  } catch (error) {
    if ((error as { code?: string }).code === '55P03') return false // not to be had now: the next turn tries again
    throw error
  }
}
