import type { Tx } from '../postgres.ts'
import type { Labels } from './labels.ts'

export interface NewWriter {
  workspaceId: string
  run: number
  /** 32 hex digits. */
  writer: string
  labels: Labels
  kind: string
  host: string | null
}

export interface WriterMark {
  no: number
  upto: number
  meta: number
  closed: boolean
}

/**
 * The writer's mark, made at its first call; also the run's head. Labels and kind stay what they were at first. A group
 * commit locks writers before heads: so does this, and a writer that is new nobody else can hold.
 */
export async function addWriter(
  tx: Tx,
  { workspaceId, run, writer, labels, kind, host }: NewWriter,
): Promise<WriterMark> {
  const known = await touchWriter(tx, run, writer)
  if (known) return known
  const { sql } = tx
  await sql.query('INSERT INTO metric_head (workspace_id, run) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    workspaceId,
    run,
  ])
  await sql.query('SELECT FROM metric_head WHERE run = $1 FOR UPDATE', [run])
  await sql.query(
    `INSERT INTO metric_writer (workspace_id, run, writer, no, labels, kind, host)
     SELECT $1, $2, decode($3, 'hex'), coalesce(max(no), -1) + 1, $4, $5, $6 FROM metric_writer WHERE run = $2
     ON CONFLICT (run, writer) DO NOTHING`,
    [workspaceId, run, writer, JSON.stringify(labels), kind, host],
  )
  return (await touchWriter(tx, run, writer)) as WriterMark
}

async function touchWriter({ sql }: Tx, run: number, writer: string): Promise<WriterMark | undefined> {
  const { rows } = await sql.query<{ no: number; upto: string; meta: string; closed: boolean }>(
    `UPDATE metric_writer SET beat_at = now() WHERE run = $1 AND writer = decode($2, 'hex') RETURNING no, upto, meta, closed`,
    [run, writer],
  )
  const [row] = rows
  return row && { no: row.no, upto: Number(row.upto), meta: Number(row.meta), closed: row.closed }
}

/** Locks the writer and tells the ordinal of the last meta item applied; undefined where there is no such writer. */
export async function lockMeta({ sql }: Tx, run: number, writer: string): Promise<number | undefined> {
  const { rows } = await sql.query<{ meta: string }>(
    `SELECT meta FROM metric_writer WHERE run = $1 AND writer = decode($2, 'hex') FOR UPDATE`,
    [run, writer],
  )
  return rows[0] && Number(rows[0].meta)
}

export interface MetaMoved {
  meta: number
  /** Refusals that the writer reports of itself. */
  refused: number
  closed?: boolean
  logged?: number
}

export async function moveMeta(
  { sql }: Tx,
  run: number,
  writer: string,
  { meta, refused, closed, logged }: MetaMoved,
): Promise<void> {
  await sql.query(
    `UPDATE metric_writer SET meta = $3, refused = refused + $4, closed = coalesce($5, closed), logged = coalesce($6, logged), beat_at = now()
     WHERE run = $1 AND writer = decode($2, 'hex')`,
    [run, writer, meta, refused, closed ?? null, logged ?? null],
  )
}

export interface Receipt {
  stored: number
  refused: number
  upto: number
}

export async function findReceipt({ sql }: Tx, run: number, writer: string): Promise<Receipt | undefined> {
  const { rows } = await sql.query<{ stored: string; refused: string; upto: string }>(
    `SELECT count AS stored, refused, upto FROM metric_writer WHERE run = $1 AND writer = decode($2, 'hex')`,
    [run, writer],
  )
  const row = rows[0]
  return row && { stored: Number(row.stored), refused: Number(row.refused), upto: Number(row.upto) }
}

/** Closes a writer that another one reports as dead. */
export async function closeWriter({ sql }: Tx, run: number, writer: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `UPDATE metric_writer SET closed = true WHERE run = $1 AND writer = decode($2, 'hex') AND NOT closed`,
    [run, writer],
  )
  return rowCount === 1
}

export async function openUserWriters({ sql }: Tx, run: number): Promise<number> {
  const { rows } = await sql.query<{ open: number }>(
    `SELECT count(*)::int AS open FROM metric_writer WHERE run = $1 AND kind = 'user' AND NOT closed`,
    [run],
  )
  return rows[0]?.open ?? 0
}

/** A writer that is locked has frames in a commit, which is word enough of it. */
export async function beatWriters({ sql }: Tx, writers: { run: number; writer: string }[]): Promise<void> {
  await sql.query(
    `WITH free AS (
       SELECT w.run, w.no FROM unnest($1::bigint[], $2::text[]) AS b (run, writer)
       JOIN metric_writer w ON w.run = b.run AND w.writer = decode(b.writer, 'hex')
       ORDER BY w.run, w.writer FOR UPDATE OF w SKIP LOCKED
     )
     UPDATE metric_writer w SET beat_at = now() FROM free WHERE w.run = free.run AND w.no = free.no`,
    [writers.map(({ run }) => run), writers.map(({ writer }) => writer)],
  )
}

/** Nobody beats for this writer: it counts as heard for `ms` from now on. */
export async function expectWriter({ sql }: Tx, run: number, writer: string, ms: number): Promise<void> {
  await sql.query(
    `UPDATE metric_writer SET beat_at = now() + $3 * interval '1 millisecond' WHERE run = $1 AND writer = decode($2, 'hex')`,
    [run, writer, ms],
  )
}
