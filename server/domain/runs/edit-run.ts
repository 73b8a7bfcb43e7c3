import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { type RunRef, requireRun } from '../access/index.ts'
import { announceChanged } from './changed.ts'
import { rowColumns, toRows } from './run-row.ts'

const tame = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine(text => !text.includes('\0') && text.isWellFormed(), { error: 'must be plain text' })

export const runEdit = z.strictObject({
  name: tame(500).min(1).optional(),
  tags: z
    .array(tame(200).min(1))
    .max(200)
    .transform(tags => [...new Set(tags)])
    .optional(),
  notes: tame(100_000).nullable().optional(),
})

/** What people write on a run. */
export async function editRun(ctx: Ctx, ref: RunRef, { name, tags, notes }: z.output<typeof runEdit>) {
  const { run, workspaceId, projectId } = await requireRun(ctx, ref, 'run.edit')
  const row = await ctx.db.inWorkspace(workspaceId, async tx => {
    const data = {
      ...(name !== undefined && { name }),
      ...(tags !== undefined && { tags }),
      ...(notes !== undefined && { notes: notes || null }),
    }
    const [row] = await toRows(tx, [await tx.prisma.run.update({ where: { run }, data, select: rowColumns })])
    return row
  })
  announceChanged({ workspaceId, project: projectId, runs: [String(run)], what: 'run' })
  if (!row) throw new Error('a run without its row')
  return row
}
