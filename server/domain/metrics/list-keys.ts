import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import type { SeriesStats, StoredSeries } from '../../store/points.ts'
import { type NumberedRun, requireRuns, runNumber } from '../access/index.ts'
import { type Definition, definitionOf } from '../runs/index.ts'
import { pointsOf } from './points-of.ts'
import { meanOf } from './statistic.ts'

export const metricKey = z
  .string()
  .max(4_096)
  .refine(name => !name.includes('\0'))

export const keysQuestion = z.strictObject({
  runs: z.array(runNumber).max(500),
  /** Absent: all. */
  keys: z.array(metricKey).max(500).optional(),
  /** Those whose name contains the text, in any case, or matches the expression (PostgreSQL's), and come behind `after`. */
  search: z.union([z.strictObject({ text: metricKey }), z.strictObject({ regex: metricKey.max(200) })]).optional(),
  after: metricKey.optional(),
  /** How many keys at most: a run may have hundreds of thousands. The last one is the next page's `after`. */
  limit: z.int().min(1).max(1_000).optional(),
})

export interface ListedKey {
  key: string
  kind: string
  /** What user code said of it, in the first of the runs that say something. */
  definition?: Definition
  /** A series each run and label set; statistics are of its drawn points, up to the last commit. */
  series: ({ run: string; labels: StoredSeries['labels']; mean: number | null } & SeriesStats)[]
}

/** The keys that these runs logged, by name; all, a page of them, or those asked for. */
export async function listKeys(ctx: Ctx, question: z.output<typeof keysQuestion>): Promise<ListedKey[]> {
  const seen = await requireRuns(ctx, question.runs, 'run.read')
  const workspaces = [...new Set(seen.map(({ workspaceId }) => workspaceId))]
  const runs = seen.map(({ run }) => Number(run))
  const points = pointsOf(ctx.db)
  const { keys: only, search, after, limit } = question
  const isPage = search !== undefined || after !== undefined || limit !== undefined
  const keys = isPage
    ? await points.findKeys(workspaces, { runs, keys: only, search, after, limit: limit ?? 1_000 })
    : only
  const read = await points.readStats(workspaces, { runs, keys })
  const listed = new Map<string, ListedKey>()
  for (const { row, stats } of read) {
    const { key, kind, run, labels } = row
    const entry = listed.get(key) ?? begun(seen, key, kind)
    entry.series.push({ run: String(run), labels, mean: meanOf(stats), ...stats })
    listed.set(key, entry)
  }
  if (isPage) return (keys ?? []).flatMap(key => listed.get(key) ?? [])
  return [...listed.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

function begun(runs: NumberedRun[], key: string, kind: string): ListedKey {
  const definition = definedAs(runs, { key, kind })
  return { key, kind, ...(definition && { definition }), series: [] }
}

/** Of the first of these runs that says something of the key. Telemetry's keys are not the user's to define. */
function definedAs(runs: NumberedRun[], { key, kind }: Pick<ListedKey, 'key' | 'kind'>): Definition | undefined {
  if (kind !== 'user') return undefined
  for (const { definitions } of runs) {
    const found = definitionOf(definitions as unknown as Definition[], key)
    if (found) return found
  }
  return undefined
}
