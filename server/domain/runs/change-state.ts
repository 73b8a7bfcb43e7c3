import type { RunState } from '../../../prisma/generated/client.ts'
import type { Tx } from '../../store/postgres.ts'

const ended: RunState[] = ['finished', 'failed', 'crashed', 'stopped', 'lost']

export interface StateOf {
  run: number
  workspaceId: string
  projectId: string
  state: RunState
}

/** The run's row, locked: states change one after the other. */
export async function lockRun({ sql }: Tx, run: number) {
  const { rows } = await sql.query<{
    workspace_id: string
    project_id: string
    state: RunState
    stop_asked_at: Date | null
    exit_code: number | null
  }>(
    'SELECT workspace_id, project_id, state, stop_asked_at, exit_code FROM run WHERE run = $1 AND deleted_at IS NULL FOR UPDATE',
    [run],
  )
  const row = rows[0]
  return (
    row && {
      run,
      workspaceId: row.workspace_id,
      projectId: row.project_id,
      state: row.state,
      stopAsked: row.stop_asked_at !== null,
      exitCode: row.exit_code,
    }
  )
}

/** Part of verbs that hold the run's lock: a new state with its reason, written down. False where it is in that state already. */
export async function changeState(
  { sql }: Tx,
  { run, workspaceId, state: before }: StateOf,
  state: RunState,
  reason: string,
): Promise<boolean> {
  if (before === state) return false
  await sql.query(
    `UPDATE run SET state = $2, state_reason = $3, state_at = now(), ended_at = CASE WHEN $4 THEN now() END WHERE run = $1`,
    [run, state, reason, ended.includes(state)],
  )
  await noteState({ sql }, run, workspaceId, state, reason)
  return true
}

/** A line in the history of its states. */
export async function noteState(
  { sql }: Pick<Tx, 'sql'>,
  run: number,
  workspaceId: string,
  state: RunState,
  reason: string | null,
): Promise<void> {
  await sql.query(
    `INSERT INTO run_state_change (workspace_id, run, no, state, reason)
     SELECT $2, $1, coalesce(max(no), -1) + 1, $3, $4 FROM run_state_change WHERE run = $1`,
    [run, workspaceId, state, reason],
  )
}
