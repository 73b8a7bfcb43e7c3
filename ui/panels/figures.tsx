import type { SeriesStats } from '@/protocol/series.schema'
import { runColor } from '@/ui/charts/line'
import { Figure } from '@/ui/charts/panel-frame'
import { formatNumber } from '@/ui/format/number'
import type { HeldSeries } from '@/ui/live/held-series'
import type { Goal } from './goal'
import type { PanelRun } from './panel-run'

export type FiguresProps = { series: readonly HeldSeries[]; runs: readonly PanelRun[]; goal: Goal; telemetry: boolean }

/** Last and best of the run that holds the best; of telemetry, which has no best, the last. */
export function Figures({ series, runs, goal, telemetry }: FiguresProps) {
  const shown = series.filter(each => runs.some(run => run.run === each.head.run))
  const holder = bestOf(shown, goal)
  if (!holder) return null
  const run = runs.find(each => each.run === holder.head.run)
  const { last } = holder.stats
  const best = extremeOf(holder.stats, goal)
  if (!run) return null
  const holds = { color: runColor(run.order), holder: run.name }
  const showsBest = best !== null && !telemetry
  return (
    <>
      {last ? <Figure word="last" value={formatNumber(Number(last.value))} {...(showsBest ? {} : holds)} /> : null}
      {showsBest ? <Figure word="best" value={formatNumber(Number(best.value))} {...holds} /> : null}
    </>
  )
}

const extremeOf = (stats: SeriesStats, goal: Goal) => (goal === 'minimize' ? stats.min : stats.max)

function bestOf(series: readonly HeldSeries[], goal: Goal): HeldSeries | null {
  const sign = goal === 'minimize' ? 1 : -1
  const rank = ({ stats }: HeldSeries) =>
    sign * Number(extremeOf(stats, goal)?.value ?? sign * Number.POSITIVE_INFINITY)
  return series.reduce<HeldSeries | null>((best, each) => (best && rank(best) <= rank(each) ? best : each), null)
}
