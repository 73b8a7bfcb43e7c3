import type { Ctx } from '../../context.ts'
import { requireRuns } from '../access/index.ts'
import { type Definition, definitionOf } from '../runs/index.ts'
import { pointsOf } from './points-of.ts'
import { statisticOf } from './statistic.ts'

type Summary = Record<string, unknown>

/** Keys of one answer: a pattern may match hundreds of thousands. */
const KEYS_MAX = 2_000

/** Summaries of runs with the statistics that user code defined: `{ "val/acc": { "max": 0.9 } }`. What it set itself wins. */
export async function withSummaries<Row extends { run: bigint | string; summary: unknown }>(
  ctx: Ctx,
  rows: readonly Row[],
): Promise<(Row & { summary: Summary })[]> {
  const runs = await requireRuns(ctx, [...new Set(rows.map(({ run }) => BigInt(run)))], 'run.read')
  const defining = runs.flatMap(({ run, workspaceId, definitions }) => {
    const said = (definitions as unknown as Definition[]).filter(({ summary }) => summary !== undefined)
    return said.length > 0 ? [{ run: Number(run), workspaceId, all: definitions as unknown as Definition[] }] : []
  })
  const found = defining.length > 0 ? await readDefined(ctx, defining) : new Map<number, Summary>()
  return rows.map(row => {
    const own = row.summary as Summary
    return { ...row, summary: joined(found.get(Number(row.run)) ?? {}, own) }
  })
}

interface Defining {
  run: number
  workspaceId: string
  all: Definition[]
}

async function readDefined(ctx: Ctx, defining: Defining[]): Promise<Map<number, Summary>> {
  const workspaces = [...new Set(defining.map(({ workspaceId }) => workspaceId))]
  const runs = defining.map(({ run }) => run)
  const { rows } = await ctx.db.inWorkspace(workspaces, ({ sql }) =>
    sql.query<{ run: string; key: string }>(
      `SELECT DISTINCT run, key FROM metric_series WHERE run = ANY ($1::bigint[]) AND kind = 'user' ORDER BY run, key`,
      [runs],
    ),
  )
  const byRun = new Map(defining.map(one => [one.run, one]))
  const definedAs = (run: number, key: string) => definitionOf(byRun.get(run)?.all ?? [], key)
  const keys = new Set(
    rows.filter(({ run, key }) => definedAs(Number(run), key)?.summary?.length).map(({ key }) => key),
  )
  const asked = { runs, keys: [...keys].slice(0, KEYS_MAX) }
  const read = asked.keys.length > 0 ? await pointsOf(ctx.db).readStats(workspaces, asked) : []
  const found = new Map<number, Summary>()
  for (const { row, stats } of read) {
    const summary = found.get(row.run) ?? {}
    found.set(row.run, summary)
    const { summary: wanted = [], goal } = definedAs(row.run, row.key) ?? {}
    // Of several label sets the first speaks, as in lists.
    if (wanted.length === 0 || Object.hasOwn(summary, row.key)) continue
    const known = wanted.flatMap(name => {
      const at = statisticOf(stats, name, goal)
      return at ? [[name, shown(at.value)] as const] : []
    })
    if (known.length > 0)
      Object.defineProperty(summary, row.key, { value: Object.fromEntries(known), enumerable: true })
  }
  return found
}

function joined(defined: Summary, own: Summary): Summary {
  const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
  const entries = Object.entries(defined).map(([key, statistics]) => {
    const said = Object.hasOwn(own, key) ? own[key] : undefined
    if (said === undefined) return [key, statistics]
    return [key, isObject(said) ? { ...(statistics as object), ...(said as object) } : said]
  })
  return { ...own, ...Object.fromEntries(entries) }
}

/** JSON has no word for what is not finite. */
const shown = (value: number) => (Number.isFinite(value) ? value : String(value))
