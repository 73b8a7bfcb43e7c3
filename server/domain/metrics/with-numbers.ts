import type { Ctx } from '../../context.ts'
import type { SeriesStats } from '../../store/points.ts'
import { type NumberedRun, requireRuns } from '../access/index.ts'
import { type Definition, definitionOf } from '../runs/index.ts'
import { pointsOf } from './points-of.ts'
import { bestBy, statisticOf } from './statistic.ts'

/** The one value by which a list tells runs apart, up to the last commit: the first statistic that user code defined for the key, else its last value. */
export interface RunNumber {
  key: string
  statistic: 'first' | 'last' | 'min' | 'max' | 'mean'
  value: number
  /** Of a mean there is none. */
  step: number | null
}

interface Listed {
  /** The server's own number. */
  run: string
  projectId: string
}

/** Rows of runs with a number each: of the key asked for, else of the one that tells most of a project's runs apart. */
export async function withNumbers<Row extends Listed>(
  ctx: Ctx,
  rows: readonly Row[],
  key?: string,
): Promise<(Row & { number: RunNumber | null })[]> {
  if (rows.length === 0) return []
  const seen = await requireRuns(ctx, [...new Set(rows.map(({ run }) => run))].map(BigInt), 'run.read')
  const workspaces = [...new Set(seen.map(({ workspaceId }) => workspaceId))]
  const runs = seen.map(({ run }) => Number(run))
  const chosen = key === undefined ? await chooseKeys(ctx, workspaces, runs) : undefined
  const keyOf = ({ projectId }: Listed) => key ?? chosen?.get(projectId)
  const keys = [...new Set(rows.flatMap(row => keyOf(row) ?? []))]
  const read = keys.length > 0 ? await pointsOf(ctx.db).readStats(workspaces, { runs, keys }) : []
  return rows.map(row => {
    const own = read.find(one => String(one.row.run) === row.run && one.row.key === keyOf(row) && one.stats.last)
    const run = seen.find(one => String(one.run) === row.run)
    return { ...row, number: own && run ? numberOf(run, own.row.key, own.stats) : null }
  })
}

function numberOf({ definitions }: NumberedRun, key: string, stats: SeriesStats): RunNumber | null {
  const { summary: [first = 'last'] = [], goal } = definitionOf(definitions as unknown as Definition[], key) ?? {}
  const statistic = first === 'best' ? bestBy(goal) : first
  const at = statisticOf(stats, statistic, goal)
  // Where nothing is finite, the last value says so.
  return at ? { key, statistic, ...at } : stats.last && { key, statistic: 'last', ...stats.last }
}

/** Per project, the key that most of these runs logged, a loss before others. */
async function chooseKeys({ db }: Ctx, workspaces: string[], runs: number[]): Promise<Map<string, string>> {
  const { rows } = await db.inWorkspace(workspaces, ({ sql }) =>
    sql.query<{ project_id: string; key: string }>(
      `SELECT DISTINCT ON (project_id) project_id, key
       FROM metric_series s JOIN run r ON r.run = s.run
       WHERE s.run = ANY($1::bigint[]) AND s.kind = 'user'
       GROUP BY project_id, key
       ORDER BY project_id, count(DISTINCT s.run) DESC, lower(key) LIKE '%loss%' DESC, key`,
      [runs],
    ),
  )
  return new Map(rows.map(({ project_id, key }) => [project_id, key]))
}
