import type { ChartLine } from '@/ui/charts/line'
import type { HeldSeries } from '@/ui/live/held-series'
import { type Lane, showUnit } from './lanes'

const FEW = 4

type Row = { name: string; value: number; color?: string }

/** In place of tooltips: the last value of each line while they are few, else mean, lowest and highest. */
export function LaneFigures(props: { lane: Lane; series: readonly HeldSeries[]; lines: readonly ChartLine[] }) {
  const { lane, series, lines } = props
  const rows =
    series.length === 1 ? ofOne(series) : series.length <= FEW ? ofEach(series, lines) : ofMany(series, lines)
  return (
    <dl className="t-small max-md:flex max-md:flex-wrap max-md:gap-x-4">
      {rows.map(({ name, value, color }, at) => (
        <div key={name} className="flex h-[18px] items-center gap-1.5 whitespace-nowrap">
          {color ? <i aria-hidden className="h-0.5 w-3 shrink-0" style={{ background: color }} /> : null}
          <dt className="min-w-0 truncate text-ink-3">{name}</dt>
          <dd className={at === 0 ? 'ml-auto font-semibold' : 'ml-auto font-medium'}>{showUnit(value, lane.unit)}</dd>
        </div>
      ))}
    </dl>
  )
}

const lastOf = ({ stats }: HeldSeries) => Number(stats.last?.value ?? Number.NaN)

function ofOne([only]: readonly HeldSeries[]): Row[] {
  if (!only?.stats.last) return []
  const { min, max, sum, count, nonFinite } = only.stats
  const rows: Row[] = [{ name: 'last', value: lastOf(only) }]
  if (count > nonFinite) rows.push({ name: 'mean', value: Number(sum) / (count - nonFinite) })
  if (max) rows.push({ name: 'highest', value: Number(max.value) })
  if (min) rows.push({ name: 'lowest', value: Number(min.value) })
  return rows
}

const ofEach = (series: readonly HeldSeries[], lines: readonly ChartLine[]): Row[] =>
  series.flatMap(each => {
    const line = lines.find(({ id }) => id === each.id)
    return line && each.stats.last ? [{ name: line.name, value: lastOf(each), color: line.color }] : []
  })

function ofMany(series: readonly HeldSeries[], lines: readonly ChartLine[]): Row[] {
  const rows = ofEach(series, lines).sort((a, b) => a.value - b.value)
  const low = rows[0]
  const high = rows.at(-1)
  if (!low || !high) return []
  const mean = rows.reduce((sum, row) => sum + row.value, 0) / rows.length
  return [
    { name: `mean of ${rows.length}`, value: mean },
    { ...low, name: `lowest, ${low.name}` },
    { ...high, name: `highest, ${high.name}` },
  ]
}
