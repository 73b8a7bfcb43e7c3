import { unsmoothed } from '@/series/smoothing'
import type { XKind, Zoom } from '@/ui/charts/line'
import { askSeries } from '@/ui/live/ask-series'
import { GrowingSeries } from '@/ui/live/held-series'
import type { PanelRun } from '../panel-run'
import { linesOf } from '../series-lines'

/** Points seen to either side of what is gone to. */
const AROUND = 25

/** A window around the first value of a key that is not finite, found in a reading of all its points; null where there is none. */
export function findNonFinite(
  metric: string,
  runs: readonly PanelRun[],
  x: Exclude<XKind, 'value'>,
  width: number,
): Promise<Zoom | null> {
  return new Promise(done => {
    const found: GrowingSeries[] = []
    askSeries(
      { runs: runs.map(({ run }) => run), keys: [metric], x, window: null, width },
      {
        series: answer => found.push(new GrowingSeries(answer)),
        failed: () => done(null),
        end: () => done(windowOf(found, runs, x)),
      },
    )
  })
}

function windowOf(found: readonly GrowingSeries[], runs: readonly PanelRun[], x: XKind): Zoom | null {
  const lines = linesOf(
    found.map(({ held }) => held),
    runs,
    { x, smoothing: unsmoothed },
  )
  let first: Zoom | null = null
  let at = Number.POSITIVE_INFINITY
  for (const { xs, ys } of lines) {
    const place = ys.findIndex(y => !Number.isFinite(y))
    const here = place < 0 ? undefined : xs[place]
    if (here === undefined || here >= at) continue
    at = here
    const from = xs[Math.max(0, place - AROUND)] ?? here
    const to = xs[Math.min(xs.length - 1, place + AROUND)] ?? here
    first = from < to ? [from, to] : [here - 1, here + 1]
  }
  return first
}
