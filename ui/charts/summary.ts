import { bestOf, lastFinite } from '@/series/stats'
import { formatCount, formatNumber } from '@/ui/format/number'
import type { ChartLine, XKind } from './line'
import { sayX } from './x-words'

/** The chart in one line, for who cannot see it. */
export function summaryOf(title: string, lines: readonly ChartLine[], kind: XKind): string {
  const drawn = lines.filter(line => line.xs.length > 0)
  if (drawn.length === 0) return `${title}: no points yet.`
  const spoken = drawn.slice(0, 4).map(line => `${line.name} ${sayLine(line, kind)}`)
  const more = drawn.length > 4 ? `; and ${formatCount(drawn.length - 4)} more lines` : ''
  return `${title}, ${drawn.length === 1 ? 'one line' : `${drawn.length} lines`}: ${spoken.join('; ')}${more}.`
}

function sayLine({ xs, ys, raw }: ChartLine, kind: XKind): string {
  const values = raw ?? ys
  const last = lastFinite(values)
  if (last < 0) return 'has no finite value'
  const low = bestOf(values, 'minimize')
  const high = bestOf(values, 'maximize')
  const say = (at: number) => formatNumber(values[at] as number)
  return `from ${say(low)} to ${say(high)}, last ${say(last)} at ${sayX(kind, xs[last] as number)}`
}
