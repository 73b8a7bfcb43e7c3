import type { Ctx } from '../../context.ts'
import { type RunRef, requireRun } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { announceChanged } from './changed.ts'

/** Takes a run out of sight; writers that go on are told that it is gone. Its id is not free again. */
export async function deleteRun(ctx: Ctx, ref: RunRef): Promise<void> {
  const { run, id, workspaceId, projectId } = await requireRun(ctx, ref, 'run.delete')
  await ctx.db.inWorkspace(workspaceId, async tx => {
    await tx.prisma.run.update({ where: { run }, data: { deletedAt: new Date() } })
    await append(ctx, tx, { workspaceId, action: 'run.delete', target: String(run), before: { id } })
  })
  announceChanged({ workspaceId, project: projectId, runs: [String(run)], what: 'runs' })
}
