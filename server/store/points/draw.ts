import { encodeColumns } from '../../../protocol/answer.ts'
import { atOrAfter, atOrBefore, isRising } from '../../../series/align.ts'
import { emptyFrame, pick, pickFrame } from '../../../series/frame.ts'
import { m4 } from '../../../series/m4.ts'
import type { Window } from './choose.ts'
import type { Columns } from './chunks.ts'
import { type Drawn, type PanelQuestion, shiftOf, unitOf } from './panel.ts'

/** What a cut of the points of a series says of itself. */
export type Cut = Pick<Drawn, 'n' | 'body' | 'total' | 'every' | 'cut'>

/** Up to so many points come as they are, whatever the width. */
export const mostPoints = (width: number) => Math.max(4 * width, 1000)

/** Along an x that goes back and forth, M4 keeps most points: so many of a series are shown. */
export const ZIGZAG_MAX = 50_000

/** The points of a window, with the one before it and the one after it; where they are many, those that M4 keeps. */
export function cutByUnit(
  all: Columns,
  question: PanelQuestion,
  domain: Window | null,
  run: number,
  most = mostPoints(question.width),
): Cut {
  const { window, width } = question
  const points = unitOf(question.x) === 'time' ? byTime(all) : all
  const xs = unitOf(question.x) === 'time' ? points.times : points.steps
  const shift = shiftOf(question, run)
  const first = window ? atOrAfter(xs, window[0] + shift) : 0
  const end = window ? atOrBefore(xs, window[1] + shift) + 1 : xs.length
  const total = Math.max(0, end - first)
  if (xs.length === 0) return { ...packed(emptyFrame), total, every: true, cut: null }
  const near = slice(points, Math.max(0, first - 1), Math.min(xs.length, Math.max(end, first) + 1))
  if (!domain || near.steps.length <= most) return { ...packed(near), total, every: true, cut: null }
  const kept = m4(unitOf(question.x) === 'time' ? near.times : near.steps, near.values, {
    ...columnsOf(domain, shift),
    count: width,
  })
  return { ...packed(pickFrame(near, kept)), total, every: false, cut: null }
}

/**
 * Of a block of neighbouring points that lie in the window, those that M4 keeps: M4 of what it keeps of each block is M4 of
 * all, and the points need not lie in memory together (24 MB for a million, which cost more than M4 itself).
 */
export function shrunk(points: Columns, question: PanelQuestion, domain: Window, run: number): Columns {
  const xs = unitOf(question.x) === 'time' ? points.times : points.steps
  return pickFrame(
    points,
    m4(xs, points.values, { ...columnsOf(domain, shiftOf(question, run)), count: question.width }),
  )
}

/** The same along another key: points in order of step, each with its x; those without a finite one are left out. */
export function cutByKey(
  all: Columns,
  found: Float64Array,
  { window, width }: PanelQuestion,
  domain: Window | null,
  most = ZIGZAG_MAX,
): Cut {
  const placed = new Uint32Array(found.length)
  let n = 0
  let total = 0
  for (let i = 0; i < found.length; i++) {
    const x = found[i] as number
    if (!Number.isFinite(x)) continue
    placed[n++] = i
    if (!window || (x >= window[0] && x <= window[1])) total++
  }
  const points = n === found.length ? all : pickFrame(all, placed.subarray(0, n))
  const xs = n === found.length ? found : pick(found, placed.subarray(0, n))
  if (!domain || (!window && n <= mostPoints(width))) return { ...packed(points, xs), total, every: true, cut: null }
  const kept = m4(xs, points.values, { ...columnsOf(domain, 0), count: width })
  const shown = kept.subarray(0, most)
  const cut = shown.length < kept.length ? (points.steps[shown.at(-1) as number] as number) : null
  return { ...packed(pickFrame(points, shown), pick(xs, shown)), total, every: false, cut }
}

export function packed(points: Columns, xs?: Float64Array): Pick<Drawn, 'n' | 'body'> {
  const columns = [{ whole: points.steps }, { whole: points.times }, { floats: points.values }]
  return { n: points.steps.length, body: encodeColumns(xs ? [...columns, { floats: xs }] : columns) }
}

const columnsOf = ([from, to]: Window, shift: number) => ({
  from: from + shift,
  to: (to > from ? to : from + 1) + shift,
})

const slice = ({ steps, times, values }: Columns, from: number, to: number): Columns => ({
  steps: steps.subarray(from, to),
  times: times.subarray(from, to),
  values: values.subarray(from, to),
})

/** Clocks go back, and a step drawn earlier may have been logged later. */
function byTime(points: Columns): Columns {
  if (isRising(points.times)) return points
  const order = Uint32Array.from(points.times, (_, i) => i)
  order.sort((one, other) => (points.times[one] as number) - (points.times[other] as number) || one - other)
  return pickFrame(points, order)
}
