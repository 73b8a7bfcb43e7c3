import { formatDuration } from '@/ui/format/duration'
import { formatMoment } from '@/ui/format/moment'
import { formatCount, formatNumber } from '@/ui/format/number'
import type { XKind } from './line'

/** "step 72,400", "7 h 18 min", "23 November 2026 at 14:02" */
export function sayX(kind: XKind, x: number): string {
  if (kind === 'step') return `step ${formatCount(x)}`
  if (kind === 'value') return formatNumber(x, 6)
  return kind === 'relative' ? formatDuration(x) : formatMoment(x)
}

/** The same in little room: "71.8k", "7 h 18 min". */
export function sayShortX(kind: XKind, x: number): string {
  return kind === 'step' || kind === 'value' ? formatNumber(x, 3) : sayX(kind, x)
}
