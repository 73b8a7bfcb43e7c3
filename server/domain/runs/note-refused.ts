import type { RefusedItem } from '../../../protocol/ingest.ts'
import type { Ctx } from '../../context.ts'
import { lockRun } from './change-state.ts'
import { announceChanged } from './changed.ts'
import { noChanges, writeChanges } from './meta-changes.ts'
import type { OpenedWriter } from './open-run.ts'
import { tame } from './tame.ts'

/** Lists what the server refused beside what the SDK refused. */
export async function noteRefused({ db }: Pick<Ctx, 'db'>, at: OpenedWriter, items: RefusedItem[]): Promise<void> {
  const refused = items.map(({ key, reason, count }) => ({
    key: tame(key),
    reason,
    step: null,
    count,
  }))
  await db.inWorkspace(at.workspaceId, async tx => {
    const run = await lockRun(tx, at.run)
    if (run) await writeChanges(tx, run, { ...noChanges, refused })
  })
  announceChanged({ workspaceId: at.workspaceId, project: at.projectId, runs: [String(at.run)], what: 'run' })
}
