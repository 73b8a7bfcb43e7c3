import type { Ctx } from '../../context.ts'
import { forbidden } from '../../errors.ts'
import { checkInvariants, type Finding, metricBytes, vacuumMetrics } from '../../store/points.ts'
import { purgeRuns } from './purge-runs.ts'

export interface Checkup {
  findings: Finding[]
  bytes: number
  /** Given back to the disk. */
  freed?: number
}

/** Whether the kept points hold together; with `compact`, what deleted runs took is returned to the disk first. */
export async function checkStore({ db, actor }: Ctx, { compact }: { compact: boolean }): Promise<Checkup> {
  if (actor.kind !== 'system') throw forbidden('The administrator does this, on the command line')
  const before = await metricBytes(db)
  if (compact) {
    while ((await purgeRuns(db)) > 0);
    await vacuumMetrics(db.urls.owner, true)
  }
  const bytes = await metricBytes(db)
  return { findings: await checkInvariants(db), bytes, ...(compact && { freed: before - bytes }) }
}
