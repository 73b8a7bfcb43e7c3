import type { Alignment } from '../../../series/join.ts'
import type { Window } from './choose.ts'
import type { Labels } from './labels.ts'
import type { StoredSeries } from './series-rows.ts'
import type { SeriesStats } from './series-stats.ts'
import type { Head } from './snapshot.ts'

export interface Held {
  run: number
  key: string
  labels: Labels
  epoch: number
  generation: number
  cursor: number
}

/** What a panel's points are laid along. Another key: of the same run and labels, else of the run's series without labels. */
export type PanelX = 'step' | 'time' | 'relative' | { key: string; align: Alignment }

/** What one panel asks. `starts` are the zeros of relative time (ms), by run. */
export interface PanelQuestion {
  starts: Map<number, number>
  keys: string[]
  labels?: Labels | undefined
  x: PanelX
  window: Window | null
  /** Device pixels. */
  width: number
  /** From all points, or from the pyramid; undefined: from the points while the window of a series has few enough. */
  detail?: 'exact' | 'overview' | undefined
  held: Held[]
}

/** What is drawn of one series: the same for the same question while the series stays as it is, so it is kept (answers.ts). */
export interface Drawn {
  /** Points in `body`. */
  n: number
  /** Columns of protocol/answer.ts: steps, times, values; and, where x is another key, xs. */
  body: Uint8Array
  total: number
  every: boolean
  /** From the points; else an overview from the pyramid. */
  exact: boolean
  /** Step of the last point shown where the series was cut there, because x goes back and forth too often. */
  cut: number | null
  domain: Window | null
  stats: SeriesStats
}

export interface SeriesAnswer extends Drawn {
  head: Head
  row: StoredSeries
  state: 'full' | 'tail' | 'same'
  hasXs: boolean
}

export interface PanelAnswer {
  starts: Map<number, number>
  heads: Map<number, Head>
  series: SeriesAnswer[]
}

/** The unit in which chunks are looked for. */
export const unitOf = (x: PanelX): 'step' | 'time' => (x === 'time' || x === 'relative' ? 'time' : 'step')

/** What is added to an x of this panel to have it in steps or in ms since 1970. */
export const shiftOf = ({ x, starts }: PanelQuestion, run: number): number =>
  x === 'relative' ? (starts.get(run) ?? 0) : 0
