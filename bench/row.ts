import type { PeerName } from './peers/index.ts'

export type Size = 'quick' | 'full'

/** One number of a row. A figure that could not be measured has no value and says why. */
export interface Figure {
  /** What was measured, e.g. `10 scalars, saturated: p50`. */
  what: string
  unit: string
  value: number | null
  why?: string
  /** What is still accepted: at most this, or at least, where `better` says higher. */
  limit?: number
  /** What it is to reach, better than `limit`. */
  goal?: number
  better?: 'lower' | 'higher'
  /** The physical or measured floor (or ceiling) of this machine, with where it comes from in `note`. */
  floor?: number
  /** The same thing done by others in the same run, in the same unit; null with the reason in `note`. */
  peers?: Record<string, number | null>
  note?: string
}

/** A plot of growth: how a figure changes as its load grows. */
export interface Plot {
  title: string
  x: string
  y: string
  /** Logarithmic unless said otherwise. */
  linear?: boolean
  lines: Record<string, [x: number, y: number][]>
}

export interface Measured {
  figures: Figure[]
  plots?: Plot[]
  /** What else is worth keeping in the JSON. */
  details?: Record<string, unknown>
}

export type Measure = (size: Size) => Promise<Measured>

export interface Row {
  /** As in the table of the specification: `B1`. */
  id: string
  /** Other rows of the specification that it measures on its way. */
  also?: string[]
  /** What it is called on the command line: `log`. */
  name: string
  title: string
  /** Seconds after which it is ended and counts as failed. */
  atMost: Record<Size, number>
  /** The others that it runs beside us; they are installed before anything is measured. */
  peers?: PeerName[]
  load: () => Promise<Measure>
}

/** What became of a row in one run of the bench. */
export interface Outcome extends Partial<Measured> {
  id: string
  name: string
  title: string
  seconds: number
  /** One minute's load average as it began: above the number of cores, the figures are those of a busy machine. */
  load: number
  fault?: string
  /** Processes that it left behind and that were ended for it. */
  left?: string[]
}

/** How a figure stands to what was asked of it; null where it reaches that, or nothing was asked or measured. */
export function shortfall(figure: Figure): 'beyond its limit' | 'goal missed' | null {
  if (beyond(figure, figure.limit)) return 'beyond its limit'
  return beyond(figure, figure.goal) ? 'goal missed' : null
}

function beyond({ value, better }: Figure, bound: number | undefined): boolean {
  if (value === null || bound === undefined) return false
  return better === 'higher' ? value < bound : value > bound
}
