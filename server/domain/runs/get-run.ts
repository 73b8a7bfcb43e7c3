import type { MetricWriter } from '../../../prisma/generated/client.ts'
import type { Ctx } from '../../context.ts'
import { type Action, can, policy, type RunRef, requireRun } from '../access/index.ts'
import { toRows } from './run-row.ts'

export interface RefusedItem {
  key: string
  reason: string
  count: number
  step: number | null
}

/** All of a run but its points. */
export async function getRun(ctx: Ctx, ref: RunRef) {
  const run = await requireRun(ctx, ref, 'run.read')
  const { workspace, id, slug, name } = run.project
  const resource = { ...workspace, createdById: run.createdById }
  const may = (Object.keys(policy) as Action[]).filter(
    action => action.startsWith('run.') && can(ctx.actor, action, resource),
  )
  return ctx.db.inWorkspace(run.workspaceId, async tx => {
    const [row] = await toRows(tx, [run])
    if (!row) throw new Error('a run without its row')
    const where = { run: run.run }
    const states = await tx.prisma.runStateChange.findMany({ where, orderBy: { no: 'asc' } })
    const writers = await tx.prisma.metricWriter.findMany({ where, orderBy: { no: 'asc' } })
    return {
      ...row,
      project: { id, slug, name, workspace: workspace.slug },
      may,
      config: run.config,
      summary: run.summary,
      environment: run.environment,
      refusedItems: run.refused as unknown as RefusedItem[],
      states: states.map(({ at, state, reason }) => ({ at, state, reason })),
      writers: writers.map(toWriter),
      receipt: receiptOf(writers),
    }
  })
}

const toWriter = ({ no, labels, kind, host, count, refused, logged, closed, beatAt }: MetricWriter) => ({
  no,
  labels: labels as Record<string, string>,
  kind,
  host,
  stored: Number(count),
  refused: Number(refused),
  logged: logged === null ? null : Number(logged),
  closed,
  beatAt,
})

/** What user code logged and what became of it; while a writer runs, what it has not told of is not pending yet. */
function receiptOf(writers: MetricWriter[]) {
  const receipt = { logged: 0, stored: 0, refused: 0, pending: 0 }
  for (const { kind, count, refused, logged } of writers) {
    if (kind !== 'user') continue
    const known = Number(count) + Number(refused)
    const said = Math.max(known, Number(logged ?? known))
    receipt.stored += Number(count)
    receipt.refused += Number(refused)
    receipt.logged += said
    receipt.pending += said - known
  }
  return receipt
}
