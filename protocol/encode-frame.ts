import { align8, fromHex, toUtf8, viewOf, writeInt64 } from './bytes.ts'
import { columnBytes, type Plan, planFloats, planWhole, writeColumn } from './column.ts'
import { invalid } from './errors.ts'
import type { Frame } from './frame.ts'
import { FRAME_HEADER_BYTES, FRAME_MAGIC, FRAME_VERSION } from './frame-header.ts'
import { FRAME_BYTES_MAX } from './limits.ts'

/** Packs a frame, each column in its smallest exact coding. Throws ProtocolError where it is larger than a frame may be. */
export function encodeFrame(frame: Frame): Uint8Array {
  const names = frame.keys.map(toUtf8)
  const nameBytes = names.reduce((sum, name) => sum + name.length, 0)
  const columns = frame.shapes.flatMap(shape => [
    { items: shape.steps, plan: planWhole(shape.steps) },
    { items: shape.times, plan: planWhole(shape.times) },
    ...shape.columns.map(items => ({ items, plan: planFloats(items) })),
  ])
  const records = frame.shapes.reduce((sum, shape) => sum + shape.steps.length, 0)
  const shapesAt = FRAME_HEADER_BYTES + align8(4 * names.length + nameBytes)
  const orderAt = shapesAt + align8(frame.shapes.reduce((sum, shape) => sum + 8 + 4 * shape.keys.length, 0))
  const holesAt = orderAt + (frame.shapes.length > 1 ? align8(2 * records) : 0)
  const columnsAt = holesAt + 16 * frame.holes.length
  const length = columns.reduce((sum, { plan }) => sum + columnBytes(plan.length), columnsAt)
  if (length > FRAME_BYTES_MAX) invalid(`frame: ${length} bytes are more than ${FRAME_BYTES_MAX}.`)

  const bytes = new Uint8Array(length)
  const view = viewOf(bytes)
  writeHeader(bytes, view, frame, [records, names.length, frame.shapes.length, frame.holes.length, nameBytes])
  writeKeys(bytes, view, names)
  writeShapes(view, shapesAt, frame)
  if (frame.order && frame.shapes.length > 1) new Uint16Array(bytes.buffer, orderAt, records).set(frame.order)
  frame.holes.forEach((hole, h) => {
    writeInt64(view, holesAt + 16 * h, hole.first)
    writeInt64(view, holesAt + 16 * h + 8, hole.count)
  })
  writeColumns(view, columnsAt, columns)
  return bytes
}

function writeHeader(bytes: Uint8Array, view: DataView, frame: Frame, counts: number[]): void {
  view.setUint32(0, FRAME_MAGIC, true)
  view.setUint16(4, FRAME_VERSION, true)
  bytes.set(fromHex(frame.writer), 8)
  writeInt64(view, 24, frame.first)
  writeInt64(view, 32, frame.last)
  counts.forEach((count, i) => void view.setUint32(40 + 4 * i, count, true))
}

function writeKeys(bytes: Uint8Array, view: DataView, names: Uint8Array[]): void {
  let at = FRAME_HEADER_BYTES + 4 * names.length
  names.forEach((name, k) => {
    view.setUint32(FRAME_HEADER_BYTES + 4 * k, name.length, true)
    bytes.set(name, at)
    at += name.length
  })
}

function writeShapes(view: DataView, shapesAt: number, frame: Frame): void {
  let at = shapesAt
  for (const shape of frame.shapes) {
    view.setUint32(at, shape.keys.length, true)
    view.setUint32(at + 4, shape.steps.length, true)
    at += 8
    for (const key of shape.keys) {
      view.setUint32(at, key, true)
      at += 4
    }
  }
}

function writeColumns(view: DataView, columnsAt: number, columns: { items: Float64Array; plan: Plan }[]): void {
  let at = columnsAt
  for (const { items, plan } of columns) at = writeColumn(view, at, items, plan)
}
