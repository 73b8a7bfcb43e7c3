import type { Hole } from '../../../protocol/frame.ts'
import type { Tx } from '../postgres.ts'
import type { Answer } from './commit.ts'

/** A frame that cannot be read or stored: what is known of it without reading. */
export interface Spoiled {
  workspaceId: string
  run: number
  writer: string
  frame: { first: number; last: number; holes: Hole[] }
  body: Uint8Array
}

/** Keeps the frame as it came, with the reason, and moves the mark over it: its points count as refused. */
export async function quarantine({ sql }: Tx, spoiled: Spoiled, reason: string): Promise<Answer> {
  const { workspaceId, run, writer, frame, body } = spoiled
  const { rows } = await sql.query<{ upto: string }>(
    `SELECT upto FROM metric_writer WHERE run = $1 AND writer = decode($2, 'hex') FOR UPDATE`,
    [run, writer],
  )
  if (!rows[0]) return { kept: false, gone: true }
  const upto = Number(rows[0].upto)
  if (frame.first > upto + 1) return { kept: false, resend: upto + 1 }
  if (frame.last <= upto) return { kept: true, upto }
  await sql.query(
    `INSERT INTO metric_quarantine (workspace_id, run, writer, first_seq, last_seq, reason, body)
     VALUES ($1, $2, decode($3, 'hex'), $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [workspaceId, run, writer, upto + 1, frame.last, reason.slice(0, 500), body],
  )
  await sql.query(
    `UPDATE metric_writer SET upto = $3, refused = refused + $3 - upto WHERE run = $1 AND writer = decode($2, 'hex')`,
    [run, writer, frame.last],
  )
  return { kept: false, quarantined: reason, upto: frame.last }
}
