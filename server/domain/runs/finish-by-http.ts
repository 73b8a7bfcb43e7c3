import type { Ctx } from '../../context.ts'
import { conflict } from '../../errors.ts'
import { applyMeta } from './apply-meta.ts'
import { getReceipt } from './get-receipt.ts'
import type { OpenedWriter } from './open-run.ts'

/** The writer's end; the run's, where it is the last one. Returns what is stored of it. */
export async function finishByHttp(ctx: Ctx, at: OpenedWriter, exitCode: number | null) {
  const { stored, refused } = await getReceipt(ctx, at)
  const logged = stored + refused
  const finish = { k: 'finish', exit_code: exitCode, time: Date.now(), logged, refused }
  const done = await applyMeta(ctx, at, { writer: at.writer, first: at.meta + 1, items: [finish] })
  if ('resend' in done) throw conflict('Somebody else writes as this writer; ask again')
  return { logged, stored, refused, pending: 0 }
}
