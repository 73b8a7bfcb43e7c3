import { pickFrame } from '../../../series/frame.ts'
import type { Tx } from '../postgres.ts'
import { type Columns, listChunks, loadChunks } from './chunks.ts'
import { drawn, joined } from './drawn.ts'
import type { Gathered } from './gather.ts'
import { seriesName } from './labels.ts'
import { reviseStats } from './revise-stats.ts'
import type { StoredSeries } from './series-rows.ts'
import { addDrawn, continues, noStats, type SeriesStats } from './series-stats.ts'

/** Brings the statistics of these series up to `cursor`, with the new points of each; its chunks hold them already. */
export async function updateStatistics(
  tx: Tx,
  run: number,
  series: StoredSeries[],
  gathered: Map<string, Gathered>,
  cursor: number,
): Promise<void> {
  const updated: { series: number; stats: SeriesStats }[] = []
  for (const row of series) {
    const fresh = joined(gathered.get(seriesName(row.key, row.labelSet))?.stretches ?? [])
    const stats = continues(row.stats, fresh.steps) ? addDrawn(row.stats, fresh) : await revised(tx, row, fresh.steps)
    updated.push({ series: row.series, stats })
  }
  await writeStatistics(tx, run, updated, cursor)
}

/**
 * Points were revised, or came out of order. Writers without labels of their own that log the same steps side by side do so in
 * every seal: only the chunks that these steps touch are read.
 */
async function revised(tx: Tx, row: StoredSeries, steps: Float64Array): Promise<SeriesStats> {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const step of steps) {
    from = Math.min(from, step)
    to = Math.max(to, step)
  }
  const near = await loadNear(tx, row, from, to)
  return reviseStats(row.stats, near, steps.length) ?? addDrawn(noStats, drawn([await loadNear(tx, row)]))
}

/** Points with steps in [from, to], in order of commit; the chunks that hold the latest all reach into it. */
async function loadNear(
  { sql }: Tx,
  row: StoredSeries,
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): Promise<Columns> {
  const touched = (await listChunks(sql, [row])).filter(({ stepMin, stepMax }) => stepMax >= from && stepMin <= to)
  const all = joined(await loadChunks(sql, row.run, () => row.generation, touched))
  const inside = Uint32Array.from(all.steps.keys()).filter(i => {
    const step = all.steps[i] as number
    return step >= from && step <= to
  })
  return pickFrame(all, inside)
}

async function writeStatistics(
  { sql }: Tx,
  run: number,
  list: { series: number; stats: SeriesStats }[],
  cursor: number,
): Promise<void> {
  const column = <T>(of: (stats: SeriesStats) => T) => list.map(({ stats }) => of(stats))
  await sql.query(
    `UPDATE metric_series s SET cursor = $2, count = u.count, non_finite = u.non_finite, sum = u.sum,
       first_step = u.first_step, first_value = u.first_value, last_step = u.last_step, last_value = u.last_value,
       min_step = u.min_step, min_value = u.min_value, max_step = u.max_step, max_value = u.max_value, last_time = u.last_time
     FROM unnest($3::int[], $4::bigint[], $5::bigint[], $6::float8[], $7::bigint[], $8::float8[], $9::bigint[], $10::float8[],
       $11::bigint[], $12::float8[], $13::bigint[], $14::float8[], $15::bigint[])
       AS u (series, count, non_finite, sum, first_step, first_value, last_step, last_value, min_step, min_value, max_step, max_value, last_time)
     WHERE s.run = $1 AND s.series = u.series`,
    [
      run,
      cursor,
      list.map(({ series }) => series),
      column(s => s.count),
      column(s => s.nonFinite),
      column(s => float({ value: s.sum })),
      column(s => s.first?.step ?? null),
      column(s => float(s.first)),
      column(s => s.last?.step ?? null),
      column(s => float(s.last)),
      column(s => s.min?.step ?? null),
      column(s => float(s.min)),
      column(s => s.max?.step ?? null),
      column(s => float(s.max)),
      column(s => s.lastTime),
    ],
  )
}

/** The driver writes −0 as 0. */
const float = (at: { value: number } | null) => (at && Object.is(at.value, -0) ? '-0' : (at?.value ?? null))
