import { listDeleted, purgeRun, vacuumMetrics } from '../../store/points.ts'
import type { Database } from '../../store/postgres.ts'

/** Gives back the space of deleted runs' points, so that new ones can have it. Returns how many runs there were. */
export async function purgeRuns(db: Database, signal?: AbortSignal): Promise<number> {
  const runs = await listDeleted(db)
  for (const run of runs) {
    if (signal?.aborted) return 0
    await purgeRun(db, run)
  }
  if (runs.length > 0) await vacuumMetrics(db.urls.owner)
  return runs.length
}
