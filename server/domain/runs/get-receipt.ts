import type { Ctx } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { findReceipt, type Receipt } from '../../store/points.ts'
import type { OpenedWriter } from './open-run.ts'

/** What is stored of a writer's journal. */
export async function getReceipt(ctx: Ctx, { workspaceId, run, writer }: OpenedWriter): Promise<Receipt> {
  const receipt = await ctx.db.inWorkspace(workspaceId, tx => findReceipt(tx, run, writer))
  if (!receipt) throw notFound('writer')
  return receipt
}
