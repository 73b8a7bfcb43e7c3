import type { Ctx } from '../../context.ts'
import { openUserWriters } from '../../store/points.ts'
import { changeState, lockRun } from './change-state.ts'
import { announceChanged } from './changed.ts'

/** Runs that were given up and of which a writer that has not ended was heard again. */
export async function reviveRuns(
  { db }: Pick<Ctx, 'db'>,
  runs: { run: number; workspaceId: string }[],
  reason: string,
): Promise<void> {
  for (const { run: number, workspaceId } of runs) {
    const woken = await db.inWorkspace(workspaceId, async tx => {
      const run = await lockRun(tx, number)
      if (!run || (run.state !== 'lost' && run.state !== 'crashed') || (await openUserWriters(tx, number)) === 0)
        return undefined
      await changeState(tx, run, 'running', reason)
      return run
    })
    if (woken) announceChanged({ workspaceId, project: woken.projectId, runs: [String(number)], what: 'run' })
  }
}
