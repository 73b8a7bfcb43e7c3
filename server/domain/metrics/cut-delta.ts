import type { AnswerColumn } from '../../../protocol/answer.ts'
import type { DeltaPart } from '../../../protocol/live.ts'
import { type Points, seriesName, type TailFrame } from '../../store/points.ts'

/** What a viewer at a cursor lacks: a delta; or `behind`, the place to read again up to; nothing where it lacks nothing. */
export type Lack =
  | { json: DeltaPart; columns: AnswerColumn[] }
  | { behind: { epoch: number; cursor: number } }
  | undefined

/** More points than this are read again as a picture instead. */
const POINTS_MAX = 100_000

export function cutDelta(points: Points, run: number, epoch: number, from: number): Lack {
  const latest = points.latest(run)
  if (!latest || (latest.epoch === epoch && latest.cursor <= from)) return undefined
  const frames = latest.epoch === epoch ? points.since(run, epoch, from, latest.cursor) : undefined
  const size = frames?.reduce((sum, { frame }) => sum + frame.last - frame.first + 1, 0) ?? 0
  if (!frames || size > POINTS_MAX) return { behind: latest }
  const { series, columns } = columnsOf(frames)
  return { json: { run: String(run), epoch, from, to: latest.cursor, series }, columns }
}

interface Growing {
  key: string
  labels: Record<string, string>
  stretches: { steps: Float64Array; times: Float64Array; values: Float64Array }[]
}

function columnsOf(frames: TailFrame[]) {
  const all = new Map<string, Growing>()
  for (const { writer, pieces } of frames)
    for (const [key, piece] of pieces) {
      const name = seriesName(key, writer.labelSet)
      const growing = all.get(name) ?? { key, labels: writer.labels, stretches: [] }
      growing.stretches.push(piece)
      all.set(name, growing)
    }
  const columns: AnswerColumn[] = []
  const series = [...all.values()].map(({ key, labels, stretches }) => {
    const joined = (column: 'steps' | 'times' | 'values') => concat(stretches.map(stretch => stretch[column]))
    const steps = joined('steps')
    columns.push({ whole: steps }, { whole: joined('times') }, { floats: joined('values') })
    return { key, labels, n: steps.length }
  })
  return { series, columns }
}

function concat(parts: Float64Array[]): Float64Array {
  const [only] = parts
  if (only && parts.length === 1) return only
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
