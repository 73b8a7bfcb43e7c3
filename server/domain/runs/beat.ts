import type { Ctx } from '../../context.ts'
import { beatWriters } from '../../store/points.ts'
import type { OpenedWriter } from './open-run.ts'
import { reviveRuns } from './revive-runs.ts'

/** These writers live. Returns the ids of those runs that somebody asked to stop. */
export async function beat(ctx: Ctx, writers: OpenedWriter[]): Promise<{ stop: string[] }> {
  if (writers.length === 0) return { stop: [] }
  const runs = [...new Set(writers.map(({ run }) => run))]
  const rows = await ctx.db.inWorkspace([...new Set(writers.map(({ workspaceId }) => workspaceId))], async tx => {
    await beatWriters(tx, writers)
    const found = await tx.sql.query<{ run: string; id: string; workspace_id: string; lost: boolean; stop: boolean }>(
      `SELECT run, id, workspace_id, state = 'lost' AS lost, stop_asked_at IS NOT NULL AS stop FROM run
       WHERE run = ANY ($1::bigint[]) AND (state = 'lost' OR stop_asked_at IS NOT NULL)`,
      [runs],
    )
    return found.rows
  })
  const lost = rows.filter(row => row.lost).map(row => ({ run: Number(row.run), workspaceId: row.workspace_id }))
  await reviveRuns(ctx, lost, 'its machine is back')
  return { stop: rows.filter(row => row.stop).map(row => row.id) }
}
