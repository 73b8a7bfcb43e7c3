import type { RunState } from '../../../prisma/generated/client.ts'
import { closeWriter, openUserWriters } from '../../store/points.ts'
import type { Tx } from '../../store/postgres.ts'
import { changeState, type lockRun } from './change-state.ts'

type LockedRun = NonNullable<Awaited<ReturnType<typeof lockRun>>>

/** How a writer ended: by itself, or dead, as another writer reports. */
export type Ending = { died: string; reason: string } | { died: null; exitCode: number | null }

export function endOf(
  item: { k: 'finish'; exit_code: number | null } | { k: 'died'; writer: string; reason: string },
): Ending {
  return item.k === 'died' ? { died: item.writer, reason: item.reason } : { died: null, exitCode: item.exit_code }
}

/** The run ends with the last of its user writers; returns its new state. */
export async function closeAfter(
  tx: Tx,
  run: LockedRun,
  writer: string,
  ending: Ending,
): Promise<RunState | undefined> {
  const closed = await closeWriter(tx, run.run, ending.died ?? writer)
  // `finish` was closed with its mark; a death that was reported before says nothing new.
  if (ending.died !== null && !closed) return undefined
  if (ending.died === null && ending.exitCode !== null && ending.exitCode !== 0)
    await tx.sql.query('UPDATE run SET exit_code = $2 WHERE run = $1', [run.run, ending.exitCode])
  else if (ending.died === null)
    await tx.sql.query('UPDATE run SET exit_code = coalesce(exit_code, $2) WHERE run = $1', [run.run, ending.exitCode])
  if (!(await isUserWriter(tx, run.run, ending.died ?? writer)) || (await openUserWriters(tx, run.run)) > 0)
    return undefined
  const [state, reason] = await endState(tx, run, ending)
  await changeState(tx, run, state, reason)
  return state
}

async function endState(tx: Tx, run: LockedRun, ending: Ending): Promise<[RunState, string]> {
  if (ending.died !== null) return ['crashed', ending.reason]
  const { rows } = await tx.sql.query<{ exit_code: number | null }>('SELECT exit_code FROM run WHERE run = $1', [
    run.run,
  ])
  const code = rows[0]?.exit_code ?? 0
  if (run.stopAsked) return ['stopped', 'asked to stop']
  return code === 0 ? ['finished', 'all its writers are done'] : ['failed', `exit code ${code}`]
}

async function isUserWriter({ sql }: Tx, run: number, writer: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `SELECT FROM metric_writer WHERE run = $1 AND writer = decode($2, 'hex') AND kind = 'user'`,
    [run, writer],
  )
  return rowCount === 1
}
