import { LEASE_MS } from '../../../protocol/ingest.ts'
import type { Database } from '../../store/postgres.ts'
import { changeState, lockRun } from './change-state.ts'
import { announceChanged } from './changed.ts'

/** Running runs none of whose writers was heard for a lease are lost: no word from their machines; the processes may live. */
export async function expireLeases(db: Database, leaseMs: number = LEASE_MS): Promise<number[]> {
  const silent = await db.acrossWorkspaces(async ({ sql }) => {
    const { rows } = await sql.query<{ run: string }>(
      `SELECT r.run FROM run r WHERE r.state = 'running' AND r.deleted_at IS NULL AND r.state_at < now() - $1 * interval '1 millisecond'
       AND NOT EXISTS (
         SELECT FROM metric_writer w WHERE w.run = r.run AND w.kind = 'user' AND NOT w.closed
         AND w.beat_at >= now() - $1 * interval '1 millisecond')`,
      [leaseMs],
    )
    return rows.map(({ run }) => Number(run))
  })
  const lost: number[] = []
  for (const number of silent) {
    const run = await db.acrossWorkspaces(async tx => {
      const locked = await lockRun(tx, number)
      if (locked?.state !== 'running') return undefined
      await changeState(tx, locked, 'lost', `no word from its machine for ${Math.round(leaseMs / 1000)} s`)
      return locked
    })
    if (!run) continue
    lost.push(number)
    announceChanged({ workspaceId: run.workspaceId, project: run.projectId, runs: [String(number)], what: 'run' })
  }
  return lost
}
