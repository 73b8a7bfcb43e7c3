/** What x measures: steps, moments (ms since 1970 UTC), milliseconds since a start, or the values of another key. */
export type XKind = 'step' | 'time' | 'relative' | 'value'

export type XWindow = readonly [from: number, to: number]

/** What is zoomed to: a window of x, or a box with its ends of y. */
export type Zoom = XWindow | readonly [from: number, to: number, low: number, high: number]

/** One curve: columns of equal length in drawing order, x rising unless it says `back`. */
export type ChartLine = {
  readonly id: string
  readonly name: string
  /** A CSS colour; `var(--run-3)` is looked up for the canvas. */
  readonly color: string
  /** 0 is a whole line, 1 to 3 the dashes of the tokens. */
  readonly dash?: number
  readonly xs: Float64Array
  readonly ys: Float64Array
  /** x goes back and forth. */
  readonly back?: boolean
  /** The values before smoothing; drawn behind at a fifth of the strength. */
  readonly raw?: Float64Array | undefined
  /** When each point was logged (ms since 1970 UTC), and when its line began, where x is the step. */
  readonly times?: Float64Array | undefined
  readonly start?: number | undefined
  /** Points that have no place on this x, or nothing to be compared with. */
  readonly unplaced?: number
  /** More may come: its end has a halo. */
  readonly live?: boolean
}

/** Runs keep their colour for ever; it is given out by their order, from 1. Beyond twenty the dash changes. */
export function runColor(order: number): string {
  return `var(--run-${((Math.max(order, 1) - 1) % 20) + 1})`
}

export function runDash(order: number): number {
  return Math.floor((Math.max(order, 1) - 1) / 20) % 4
}
