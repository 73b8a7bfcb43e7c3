import type { ChartLine } from './line'
import type { Picture } from './line-option'
import { plainLook } from './look'

/** How one line is drawn, in CSS pixels. */
export type LineStyle = {
  /** 0 where only its points are shown. */
  readonly width: number
  /** Drawn and left out in turn; empty for a whole line. */
  readonly dash: readonly number[]
  /** Each value holds until the next point. */
  readonly stepped: boolean
  /** Across the mark of a point; 0 where points have none. */
  readonly mark: number
  /** The reader rests on it: above all others. */
  readonly heavy: boolean
}

const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3]]

/** A point alone, without a line through it, must be found by eye. */
const ALONE = 7

export function styleOf(line: ChartLine, { plot, near, look = plainLook }: Omit<Picture, 'lines'>): LineStyle {
  const heavy = near === line.id
  const { curve } = look
  const marked = curve === 'marks' || curve === 'points'
  const few = line.ys.length <= plot.width / 12
  const dash = curve === 'dashes' ? (line.dash ?? 0) || 1 : (line.dash ?? 0)
  return {
    width: curve === 'points' ? 0 : heavy ? 2.25 : 1.5,
    dash: DASHES[dash] ?? [],
    stepped: curve === 'steps',
    mark: line.ys.length === 1 ? ALONE : !few && !marked ? 0 : heavy && marked ? 5 : 3.5,
    heavy,
  }
}
