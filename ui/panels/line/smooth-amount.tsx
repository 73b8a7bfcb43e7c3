'use client'

import { formatCount } from '@/ui/format/number'
import { Slider } from '@/ui/kit/slider'
import type { Drawing, DrawingChange } from './drawing'

export type SmoothAmountProps = {
  drawing: Drawing
  onChange: (change: DrawingChange) => void
  className?: string
}

/** Widths of a window in points: odd, so that a point stands in its middle. */
const MOST_POINTS = 1001
const toShare = (width: number) => Math.log(Math.max(width, 1)) / Math.log(MOST_POINTS)
const fromShare = (share: number) => 2 * Math.round((MOST_POINTS ** share - 1) / 2) + 1

/** How much is smoothed, with what that means in figures: the strength of an average, or the points of a window. */
export function SmoothAmount({ drawing, onChange, className }: SmoothAmountProps) {
  const { smoothing, strength, by, width } = drawing
  const sized = smoothing === 'ema' || by === 'points'
  return (
    <>
      {sized ? (
        <Slider
          label="Smoothing"
          value={smoothing === 'ema' ? strength : toShare(width)}
          onChange={share => onChange(smoothing === 'ema' ? { strength: share } : { width: fromShare(share) })}
          max={smoothing === 'ema' ? 0.99 : 1}
          className={className ?? ''}
        />
      ) : null}
      <b className="min-w-7 font-medium text-ink">{sayAmount(drawing)}</b>
    </>
  )
}

/** "0.90", "21 points" */
function sayAmount({ smoothing, strength, by, width }: Drawing): string {
  if (smoothing === 'ema') return strength.toFixed(2)
  return by === 'points' ? `${formatCount(width)} points` : `${formatCount(width)} of x`
}
