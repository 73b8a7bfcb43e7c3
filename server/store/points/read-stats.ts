import type { Tx } from '../postgres.ts'
import { type Columns, listChunks, loadChunks } from './chunks.ts'
import { drawn } from './drawn.ts'
import type { StoredSeries } from './series-rows.ts'
import { addDrawn, continues, noStats, type SeriesStats } from './series-stats.ts'
import { type Question, type SeriesPicture, TooLarge, takeLate } from './snapshot.ts'
import type { Tail } from './tail.ts'

type Late = Pick<SeriesPicture, 'row' | 'late'>

/** The series of runs with statistics up to the last commit. */
export async function readStats(
  tx: Tx,
  tail: Tail | undefined,
  question: Question,
  most = Number.POSITIVE_INFINITY,
): Promise<{ row: StoredSeries; stats: SeriesStats }[]> {
  const { series } = await takeLate(tx, tail, question)
  const quick = series.map(quickStats)
  const counted = series.reduce((sum, { row }, i) => sum + (quick[i] ? 0 : row.stats.count), 0)
  if (counted > most) throw new TooLarge()
  const read: { row: StoredSeries; stats: SeriesStats }[] = []
  for (const [i, one] of series.entries()) read.push({ row: one.row, stats: quick[i] ?? (await slowStats(tx, one)) })
  return read
}

/** Statistics of all drawn points, where the late ones simply continue those that are written. */
export function quickStats({ row, late }: Late): SeriesStats | undefined {
  let { stats } = row
  for (const stretch of late) {
    if (!continues(stats, stretch.steps)) return undefined
    stats = addDrawn(stats, stretch)
  }
  return stats
}

/** The same counted from the points: `all` drawn ones, where they were read anyway. */
export async function slowStats({ sql }: Tx, { row, late }: Late, all?: Columns): Promise<SeriesStats> {
  if (all) return addDrawn(noStats, all)
  const chunks = await loadChunks(sql, row.run, () => row.generation, await listChunks(sql, [row]))
  return addDrawn(noStats, drawn([...chunks, ...late]))
}
