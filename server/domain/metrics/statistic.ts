import type { Statistic } from '../../../protocol/ingest.ts'
import type { SeriesStats } from '../../store/points.ts'
import type { Definition } from '../runs/index.ts'

/** One statistic of a series; of what is best, by the definition's goal. Null where no point counts for it. */
export function statisticOf(
  stats: SeriesStats,
  statistic: Statistic,
  goal: Definition['goal'],
): { value: number; step: number | null } | null {
  if (statistic === 'best') return stats[bestBy(goal)]
  if (statistic !== 'mean') return stats[statistic]
  const value = meanOf(stats)
  return value === null ? null : { value, step: null }
}

/** Lower is better unless the goal says otherwise. */
export const bestBy = (goal: Definition['goal']) => (goal === 'maximize' ? 'max' : 'min')

export function meanOf({ count, nonFinite, sum }: SeriesStats): number | null {
  return count > nonFinite ? sum / (count - nonFinite) : null
}
