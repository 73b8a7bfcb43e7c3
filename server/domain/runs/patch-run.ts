import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { gone } from '../../errors.ts'
import { type RunRef, requireRun } from '../access/index.ts'
import { lockRun } from './change-state.ts'
import { announceChanged } from './changed.ts'
import { runEdit } from './edit-run.ts'
import { noChanges, withItem, writeChanges } from './meta-changes.ts'

const settings = z.record(z.string(), z.unknown())

/** What a program may write on a run: settings are merged member by member, the rest is replaced. */
export const runPatch = runEdit.extend({
  group: z.string().max(500).nullable().optional(),
  job_type: z.string().max(500).nullable().optional(),
  config: settings.optional(),
  summary: settings.optional(),
})

export async function patchRun(ctx: Ctx, ref: RunRef, patch: z.output<typeof runPatch>): Promise<void> {
  const { run, workspaceId, projectId } = await requireRun(ctx, ref, 'run.edit')
  const { config, summary, ...info } = patch
  let changes = { ...noChanges, info }
  if (config) changes = { ...changes, ...withItem(changes, { k: 'config', set: config }) }
  if (summary) changes = { ...changes, ...withItem(changes, { k: 'summary', set: summary }) }
  await ctx.db.inWorkspace(workspaceId, async tx => {
    const locked = await lockRun(tx, Number(run))
    if (!locked) throw gone('This run was deleted')
    await writeChanges(tx, locked, changes)
  })
  announceChanged({ workspaceId, project: projectId, runs: [String(run)], what: 'run' })
}
