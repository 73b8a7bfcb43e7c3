import type { SeriesQuestion } from '../../protocol/series.schema.ts'
import { Raster } from '../../server/testing/raster.ts'
import type { BenchServer } from '../ingest/server.ts'
import { type Answered, askPanel } from './ask.ts'
import { type Curve, loss, stepOf, timeOf, tokens } from './curve.ts'

const WIDTH = 1_500
const HEIGHT = 400
/** Shares of the x axis that five zooms show. */
const ZOOMS = [
  [0, 1],
  [0.2, 0.7],
  [0.5, 0.6],
  [0.61, 0.62],
  [0.333, 0.3335],
] as const

type X = NonNullable<SeriesQuestion['panels'][number]['x']>

/** Wrong pixels of the worst zoom for each x, and how many points of the series the cut of a back and forth leaves. */
export async function wrongPixels(server: BenchServer, run: number, n: number, path: Curve) {
  const ys = Float64Array.from({ length: n }, (_, i) => loss().value(i))
  const along: { x: X; name: string; of: (i: number) => number }[] = [
    { x: 'step', name: 'step', of: stepOf },
    { x: 'time', name: 'time', of: timeOf },
    { x: { key: tokens.key, align: 'exact' }, name: 'a key that rises', of: tokens.value },
    { x: { key: path.key, align: 'exact' }, name: 'a key that walks', of: path.value },
  ]
  const found: { name: string; wrong: number; shown: number }[] = []
  for (const { x, name, of } of along) {
    const xs = Float64Array.from({ length: n }, (_, i) => of(i))
    let [wrong, shown] = [0, n]
    for (const [from, to] of ZOOMS) {
      const window = windowOf(xs, from, to)
      const { series } = await askPanel(server, { runs: [String(run)], keys: ['loss'], x, window, width: WIDTH })
      const [answer] = series as [Answered]
      const upto = answer.head.cut === null ? n : answer.head.cut + 1
      shown = Math.min(shown, upto)
      const all = new Raster(WIDTH, HEIGHT)
      all.draw(xs.subarray(0, upto), ys, window, [0, 11])
      const drawn = new Raster(WIDTH, HEIGHT)
      drawn.draw(answer.xs ?? (x === 'step' ? answer.steps : answer.times), answer.values, window, [0, 11])
      wrong = Math.max(wrong, all.wrong(drawn))
    }
    found.push({ name, wrong, shown })
  }
  return found
}

function windowOf(xs: Float64Array, from: number, to: number): [number, number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const x of xs) {
    if (x < low) low = x
    if (x > high) high = x
  }
  return [low + from * (high - low), low + to * (high - low)]
}

interface Missed {
  /** Columns with a point more extreme than any that is shown there or one column beside. */
  columns: number
  /** By how much the top or bottom shown in a column is too low or too high, in pixels of a plot 400 high, at most. */
  pixels: number
}

/** How an overview of n points at this width differs from all of them, column by column. */
export function missedBy(n: number, width: number, { steps, values }: Answered): Missed {
  const { value } = loss()
  const all = new Extremes(n, width)
  for (let i = 0; i < n; i++) all.put(i, value(i))
  const shown = new Extremes(n, width)
  for (let i = 0; i < steps.length; i++) shown.put(steps[i] as number, values[i] as number)
  let columns = 0
  let worst = 0
  for (let c = 0; c < width; c++) {
    const own = [all.low[c] as number, all.high[c] as number] as const
    if (shown.around(c, 1)[0] > own[0] || shown.around(c, 1)[1] < own[1]) columns++
    worst = Math.max(worst, shown.around(c, 0)[0] - own[0], own[1] - shown.around(c, 0)[1])
  }
  return { columns, pixels: (worst / 11) * HEIGHT }
}

class Extremes {
  readonly low: Float64Array
  readonly high: Float64Array
  readonly #n: number

  constructor(n: number, width: number) {
    this.#n = n
    this.low = new Float64Array(width).fill(Number.POSITIVE_INFINITY)
    this.high = new Float64Array(width).fill(Number.NEGATIVE_INFINITY)
  }

  put(step: number, value: number): void {
    const column = Math.min(this.low.length - 1, Math.floor((step / (this.#n - 1)) * this.low.length))
    if (value < (this.low[column] as number)) this.low[column] = value
    if (value > (this.high[column] as number)) this.high[column] = value
  }

  around(column: number, by: number): [low: number, high: number] {
    const [from, to] = [Math.max(0, column - by), column + by + 1]
    return [Math.min(...this.low.subarray(from, to)), Math.max(...this.high.subarray(from, to))]
  }
}
