import type { Plot } from './plot'

type Pen = Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo' | 'arc'>

export type Trace = {
  /** x and y in turn, in CSS pixels; what is not finite breaks the line. */
  readonly points: Float64Array
  /** CSS pixels of x that are drawn and left out in turn. */
  readonly dash: readonly number[]
  /** Each value holds until the next point. */
  readonly stepped: boolean
}

/** A part of a dash that is left out is drawn all the same where the line rises or falls more than this. */
const STANDS_OUT = 2
/** A point between two gaps is as wide as a line. */
const HALF_A_DOT = 0.75

/** Puts a line on the pen's path, `aside` pixels lower. */
export function trace(pen: Pen, { points, dash, stepped }: Trace, aside: number): void {
  const isLeftOut = gapsOf(dash)
  let lastX = Number.NaN
  let lastY = Number.NaN
  let alone = false
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] as number
    const y = (points[i + 1] as number) + aside
    const place = Number.isFinite(x) && Number.isFinite(y)
    const begins = !(Number.isFinite(lastX) && Number.isFinite(lastY))
    if (alone && !place) pen.lineTo(lastX + HALF_A_DOT, lastY)
    alone = place && begins
    if (place && begins) pen.moveTo(alone && !isFinitePair(points, i + 2) ? x - HALF_A_DOT : x, y)
    else if (place && isLeftOut?.(x) && Math.abs(y - lastY) < STANDS_OUT) pen.moveTo(x, y)
    else if (place) {
      if (stepped) pen.lineTo(x, lastY)
      pen.lineTo(x, y)
    }
    lastX = x
    lastY = y
  }
  if (alone) pen.lineTo(lastX + HALF_A_DOT, lastY)
}

function isFinitePair(points: Float64Array, at: number): boolean {
  return Number.isFinite(points[at]) && Number.isFinite(points[at + 1])
}

function gapsOf(dash: readonly number[]): ((x: number) => boolean) | null {
  if (dash.length === 0) return null
  const whole = dash.reduce((sum, part) => sum + part, 0)
  return x => {
    let rest = x % whole
    for (let i = 0; i < dash.length; i++) {
      rest -= dash[i] as number
      if (rest < 0) return i % 2 === 1
    }
    return false
  }
}

/** A dot on every point that lies within the plot. */
export function traceMarks(pen: Pen, points: Float64Array, radius: number, plot: Plot): void {
  const { left, top, width, height } = plot
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] as number
    const y = points[i + 1] as number
    if (!(x >= left - 1 && x <= left + width + 1 && y >= top - 1 && y <= top + height + 1)) continue
    pen.moveTo(x + radius, y)
    pen.arc(x, y, radius, 0, 2 * Math.PI)
  }
}

/** The area between two lines of the same xs, in one piece for each stretch where both have a place. */
export function traceBand(pen: Pen, lows: Float64Array, highs: Float64Array): void {
  let from = 0
  for (let i = 0; i <= lows.length; i += 2) {
    if (i < lows.length && Number.isFinite(lows[i + 1]) && Number.isFinite(highs[i + 1])) continue
    for (let at = from; at < i; at += 2) pen.lineTo(highs[at] as number, highs[at + 1] as number)
    for (let at = i - 2; at >= from; at -= 2) pen.lineTo(lows[at] as number, lows[at + 1] as number)
    const next = i + 2
    if (next < lows.length) pen.moveTo(highs[next] as number, highs[next + 1] as number)
    from = next
  }
}
