import { ProtocolError } from '../../../protocol/errors.ts'
import { decodeFrame, type Frame, type Hole, recordsOf } from '../../../protocol/frame.ts'
import { FrameBuilder } from '../../../protocol/frame-builder.ts'
import type { RefusedItem } from '../../../protocol/ingest.ts'
import { keyFault } from '../../../protocol/keys.ts'
import { FRAME_BYTES_MAX } from '../../../protocol/limits.ts'

export interface Checked {
  frame: Frame
  body: Uint8Array
  /** Holes that were points whose key cannot be one. */
  refused: Hole[]
  items: RefusedItem[]
}

/** Unpacks a frame and takes out the points whose key cannot be one; their neighbours stay. Throws ProtocolError. */
export function checkFrame(body: Uint8Array): Checked {
  const frame = decodeFrame(body, true)
  const faults = frame.keys.map(keyFault)
  if (faults.every(fault => fault === null)) return { frame, body, refused: [], items: [] }
  const counts = new Map<number, number>()
  const refused: Hole[] = []
  const without = withoutPoints(
    frame,
    key => faults[key] !== null,
    (key, seq) => {
      counts.set(key, (counts.get(key) ?? 0) + 1)
      const last = refused.at(-1)
      if (last && last.first + last.count === seq) last.count++
      else refused.push({ first: seq, count: 1 })
    },
  )
  const items = [...counts].map(([key, count]) => ({
    key: frame.keys[key] as string,
    reason: faults[key] as string,
    count,
  }))
  return { frame: decodeFrame(without), body: without, refused, items }
}

/** The same frame with holes for the points of these keys. */
function withoutPoints(
  frame: Frame,
  isBad: (key: number) => boolean,
  tell: (key: number, seq: number) => void,
): Uint8Array {
  // It reckons with 8 bytes a value; what counts is how large the frame is in the end.
  const builder = new FrameBuilder(frame.writer, 64 * FRAME_BYTES_MAX)
  let next = frame.first
  const hole = (upto: number) => {
    if (upto > next) builder.hole(next, upto - next)
    next = Math.max(next, upto)
  }
  for (const { seq, width, shape: number, row } of recordsOf(frame)) {
    const { keys, steps, times, columns } = frame.shapes[number] as Frame['shapes'][number]
    hole(seq)
    for (let from = 0; from < width; ) {
      const bad = isBad(keys[from] as number)
      let end = from
      for (; end < width && isBad(keys[end] as number) === bad; end++) if (bad) tell(keys[end] as number, seq + end)
      if (bad) hole(seq + end)
      else
        builder.add({
          seq: seq + from,
          step: steps[row] as number,
          time: times[row] as number,
          keys: keys.slice(from, end).map(key => frame.keys[key] as string),
          values: Float64Array.from(columns.slice(from, end), column => column[row] as number),
        })
      next = seq + end
      from = end
    }
  }
  hole(frame.last + 1)
  const bytes = builder.take()
  if (!bytes || bytes.length > FRAME_BYTES_MAX)
    throw new ProtocolError('keys: without those that cannot be keys the frame is too large.')
  return bytes
}
