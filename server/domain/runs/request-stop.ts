import type { Ctx } from '../../context.ts'
import { conflict } from '../../errors.ts'
import { type RunRef, requireRun } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { announceChanged } from './changed.ts'

const going = new Set(['queued', 'running', 'lost'])

/** Asks the training to stop; it hears of it with its next beat. */
export async function requestStop(ctx: Ctx, ref: RunRef): Promise<{ stopAsked: Date }> {
  const { run, state, stopAsked, workspaceId, projectId } = await requireRun(ctx, ref, 'run.stop')
  if (!going.has(state)) throw conflict(`This run is ${state} already`)
  if (stopAsked) return { stopAsked }
  const asked = new Date()
  await ctx.db.inWorkspace(workspaceId, async tx => {
    await tx.prisma.run.update({ where: { run }, data: { stopAsked: asked } })
    await append(ctx, tx, { workspaceId, action: 'run.stop', target: String(run) })
  })
  announceChanged({ workspaceId, project: projectId, runs: [String(run)], what: 'run' })
  return { stopAsked: asked }
}
