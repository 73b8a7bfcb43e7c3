import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import type { SeriesStats } from '../../store/points.ts'
import { requireRuns, runNumber } from '../access/index.ts'
import { pointsOf } from './points-of.ts'

export const keysQuestion = z.strictObject({ runs: z.array(runNumber).max(1000) })

export interface KeyRow {
  key: string
  kind: string
  series: ({ run: string; labels: Record<string, string>; mean: number | null } & SeriesStats)[]
}

/** The keys of these runs, by name, each with its series and their statistics up to the last commit. */
export async function listKeys(ctx: Ctx, { runs }: z.output<typeof keysQuestion>): Promise<KeyRow[]> {
  if (runs.length === 0) return []
  const rows = await requireRuns(ctx, runs, 'run.read')
  const workspaces = [...new Set(rows.map(({ workspaceId }) => workspaceId))]
  const found = await pointsOf(ctx.db).readStats(workspaces, { runs: runs.map(Number) })
  const keys = new Map<string, KeyRow>()
  for (const { row, stats } of found) {
    const key = keys.get(row.key) ?? { key: row.key, kind: row.kind, series: [] }
    const finite = stats.count - stats.nonFinite
    key.series.push({
      run: String(row.run),
      labels: row.labels,
      mean: finite > 0 ? stats.sum / finite : null,
      ...stats,
    })
    keys.set(row.key, key)
  }
  return [...keys.values()].sort((one, other) => (one.key < other.key ? -1 : 1))
}
