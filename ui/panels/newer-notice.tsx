import { ArrowRight } from 'lucide-react'
import type { XKind, Zoom } from '@/ui/charts/line'
import { formatCount } from '@/ui/format/number'
import { Button } from '@/ui/kit/button'
import type { HeldSeries } from '@/ui/live/held-series'

/** A zoomed panel stays where it is, and says how much newer data lies to the right. */
export function NewerNotice({
  series,
  x,
  window,
  onShow,
}: {
  series: readonly HeldSeries[]
  x: XKind
  window: Zoom
  onShow: () => void
}) {
  const newest = Math.max(...series.map(each => newestOf(each, x)))
  if (!(newest > window[1])) return null
  return (
    <Button size="small" onClick={onShow} title="Show everything">
      {x === 'step' ? `${formatCount(Math.ceil(newest - window[1]))} newer steps` : 'Newer data'}
      <ArrowRight aria-hidden />
    </Button>
  )
}

function newestOf({ stats, head }: HeldSeries, x: XKind): number {
  if (x === 'step') return stats.last?.step ?? Number.NEGATIVE_INFINITY
  return (stats.lastTime ?? Number.NEGATIVE_INFINITY) - (x === 'relative' ? head.start : 0)
}
