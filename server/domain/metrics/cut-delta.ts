import type { Delta, DeltaPoints, DeltaSeries } from '../../../protocol/delta.ts'
import { type Points, seriesName, type TailFrame } from '../../store/points.ts'

/** What a viewer at a cursor lacks: a delta; or `behind`, the place to read again up to; nothing where it lacks nothing. */
export type Lack = { delta: Delta } | { behind: { epoch: number; cursor: number } } | undefined

/** More points than this are read again as a picture instead. */
const POINTS_MAX = 100_000

export function cutDelta(points: Points, run: number, epoch: number, from: number): Lack {
  const latest = points.latest(run)
  if (!latest || (latest.epoch === epoch && latest.cursor <= from)) return undefined
  const frames = latest.epoch === epoch ? points.since(run, epoch, from, latest.cursor) : undefined
  const size = frames?.reduce((sum, { frame }) => sum + frame.last - frame.first + 1, 0) ?? 0
  if (!frames || size > POINTS_MAX) return { behind: latest }
  return { delta: { run: String(run), epoch, from, to: latest.cursor, series: seriesOf(frames) } }
}

function seriesOf(frames: TailFrame[]): DeltaSeries[] {
  const all = new Map<string, { key: string; labels: Record<string, string>; stretches: DeltaPoints[] }>()
  for (const { writer, pieces } of frames)
    for (const [key, piece] of pieces) {
      const name = seriesName(key, writer.labelSet)
      const growing = all.get(name) ?? { key, labels: writer.labels, stretches: [] }
      growing.stretches.push(piece)
      all.set(name, growing)
    }
  return [...all.values()].map(({ key, labels, stretches }) => ({ key, labels, points: joined(stretches) }))
}

function joined(stretches: DeltaPoints[]): DeltaPoints {
  const [only] = stretches
  if (only && stretches.length === 1) return only
  const column = (name: keyof DeltaPoints) => {
    const all = new Float64Array(stretches.reduce((sum, { steps }) => sum + steps.length, 0))
    let at = 0
    for (const stretch of stretches) {
      all.set(stretch[name], at)
      at += stretch[name].length
    }
    return all
  }
  return { steps: column('steps'), times: column('times'), values: column('values') }
}
