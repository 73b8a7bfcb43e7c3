import { nearest, nearestAnywhere } from '@/series/align'
import type { ChartLine } from './line'
import { type Plot, xToPixel, yToPixel } from './plot'

/** What one line says under the crosshair. */
export type Reading = {
  readonly line: ChartLine
  /** Position in the line's columns; −1 where it has no point near x. */
  readonly at: number
  readonly x: number
  readonly y: number
  readonly raw: number | null
  /** Where the point lies in the chart; NaN where it has no place. */
  readonly px: number
  readonly py: number
  /** On which side of the line's points x lies, when it has no value there. */
  readonly missing: 'before' | 'after' | 'empty' | null
}

/** A line that ended more than this many pixels away says so instead of lending its last value. */
const REACH = 12

/** Every line at x, in the order of the lines. O(lines · log points). */
export function readAt(lines: readonly ChartLine[], plot: Plot, x: number): Reading[] {
  return lines.map(line => readLine(line, plot, x))
}

function readLine(line: ChartLine, plot: Plot, x: number): Reading {
  const at = line.back ? nearestAnywhere(line.xs, x) : nearest(line.xs, x)
  if (at < 0) return { ...nowhere, line, missing: 'empty' }
  const found = line.xs[at] as number
  const px = xToPixel(plot, found)
  const away = px - xToPixel(plot, x)
  const outer = !line.back && (at === 0 || at === line.xs.length - 1)
  if (outer && Math.abs(away) > REACH) {
    if (at === 0 && away > 0) return { ...nowhere, line, missing: 'before' }
    if (at === line.xs.length - 1 && away < 0) return { ...nowhere, line, missing: 'after' }
  }
  const y = line.ys[at] as number
  return {
    line,
    at,
    x: found,
    y,
    raw: line.raw ? (line.raw[at] as number) : null,
    px,
    py: yToPixel(plot, y),
    missing: null,
  }
}

const nowhere = { at: -1, x: Number.NaN, y: Number.NaN, raw: null, px: Number.NaN, py: Number.NaN }

/** The reading whose point is nearest in height; null where none has a place. */
export function nearestInHeight(readings: readonly Reading[], py: number): Reading | null {
  let best: Reading | null = null
  let distance = Number.POSITIVE_INFINITY
  for (const reading of readings) {
    const away = Math.abs(reading.py - py)
    if (away < distance) {
      distance = away
      best = reading
    }
  }
  return best
}

/** Nearest first, then by value, lowest first unless higher is better; last those without a value. */
export function inOrder(readings: readonly Reading[], near: string | null, goal: 'minimize' | 'maximize'): Reading[] {
  const sign = goal === 'minimize' ? 1 : -1
  const rank = (reading: Reading) => (reading.line.id === near ? 0 : Number.isFinite(reading.y) ? 1 : 2)
  return [...readings].sort((a, b) => rank(a) - rank(b) || (rank(a) === 1 ? sign * (a.y - b.y) : 0))
}
