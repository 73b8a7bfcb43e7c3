import { align8, aligned, fromUtf8, readInt64, viewOf } from './bytes.ts'
import { ColumnReader } from './column.ts'
import { invalid } from './errors.ts'
import { FRAME_HEADER_BYTES, type FrameHeader, readFrameHeader } from './frame-header.ts'
import { keyFault } from './keys.ts'
import { FRAME_POINTS_MAX } from './limits.ts'

export { readFrameHeader } from './frame-header.ts'

/** The records that hold the same keys in the same order: row r is one record. */
export interface Shape {
  /** Indices into the frame's keys. */
  keys: number[]
  steps: Float64Array
  /** ms since 1970 UTC. */
  times: Float64Array
  /** One column of values for each of `keys`. */
  columns: Float64Array[]
}

/** Seqs that have no point: `count` of them from `first` on. */
export interface Hole {
  first: number
  count: number
}

export interface Frame {
  writer: string
  first: number
  last: number
  keys: string[]
  shapes: Shape[]
  /** The shape of each record, in order of seq; null where there is but one shape. */
  order: Uint16Array | null
  holes: Hole[]
}

/**
 * Unpacks a frame. Its arrays may be views of `bytes`. Throws ProtocolError: one sentence that names the section.
 * 100 keys × 120 rows take about 20 µs. A name that cannot be a key costs the whole frame, unless `anyName` says that the
 * caller looks for such names himself.
 */
export function decodeFrame(frame: Uint8Array, anyName = false): Frame {
  const bytes = aligned(frame)
  const header = readFrameHeader(bytes)
  const view = viewOf(bytes)
  const { keys, next: shapesAt } = readKeys(bytes, view, header, anyName)
  const { widths, next: orderAt } = readWidths(view, shapesAt, header)
  const { order, next: holesAt } = readOrder(bytes, orderAt, header, widths)
  const holes = readHoles(view, holesAt, header)
  const reader = new ColumnReader(bytes, holesAt + 16 * header.holes)
  const shapes = widths.map(({ keys, rows }, s) => {
    const steps = reader.whole(rows, `steps of shape ${s}`)
    const times = reader.whole(rows, `times of shape ${s}`)
    const columns: Float64Array[] = []
    for (let i = 0; i < keys.length; i++) columns.push(reader.floats(rows, `column ${i} of shape ${s}`))
    return { keys, steps, times, columns }
  })
  if (reader.at !== bytes.length) invalid(`columns: ${bytes.length - reader.at} bytes are left after the last one.`)
  const { writer, first, last } = header
  const result: Frame = { writer, first, last, keys, shapes, order, holes }
  if (holes.length > 0) checkHoles(result)
  return result
}

function readKeys(bytes: Uint8Array, view: DataView, header: FrameHeader, anyName: boolean) {
  const namesAt = FRAME_HEADER_BYTES + 4 * header.keys
  const end = namesAt + header.nameBytes
  const names = fromUtf8(bytes.subarray(namesAt, end), 'keys')
  const ascii = names.length === header.nameBytes
  const keys: string[] = []
  let at = namesAt
  for (let k = 0; k < header.keys; k++) {
    const length = view.getUint32(FRAME_HEADER_BYTES + 4 * k, true)
    if (length > end - at) invalid(`keys: name ${k} reaches beyond the names.`)
    const name = ascii
      ? names.slice(at - namesAt, at - namesAt + length)
      : fromUtf8(bytes.subarray(at, at + length), `keys: name ${k}`)
    const fault = anyName ? null : keyFault(name)
    if (fault) invalid(`keys: ${fault}.`)
    keys.push(name)
    at += length
  }
  if (at !== end) invalid(`keys: ${end - at} bytes of names belong to no key.`)
  return { keys, next: align8(end) }
}

interface Width {
  keys: number[]
  rows: number
}

function readWidths(view: DataView, start: number, header: FrameHeader): { widths: Width[]; next: number } {
  const widths: Width[] = []
  let at = start
  let rowsSeen = 0
  let points = 0
  for (let s = 0; s < header.shapes; s++) {
    if (at + 8 > view.byteLength) invalid(`shapes: shape ${s} begins beyond the end.`)
    const width = view.getUint32(at, true)
    const rows = view.getUint32(at + 4, true)
    at += 8
    if (width === 0 || rows === 0) invalid(`shapes: shape ${s} is empty.`)
    if (width > (view.byteLength - at) >> 2) invalid(`shapes: shape ${s} reaches beyond the end.`)
    const keys: number[] = []
    for (let i = 0; i < width; i++, at += 4) {
      const key = view.getUint32(at, true)
      if (key >= header.keys) invalid(`shapes: shape ${s} names key ${key} of ${header.keys}.`)
      keys.push(key)
    }
    rowsSeen += rows
    points += rows * width
    if (points > FRAME_POINTS_MAX) invalid(`shapes: more than ${FRAME_POINTS_MAX} points.`)
    widths.push({ keys, rows })
  }
  if (rowsSeen !== header.records) invalid(`shapes: ${rowsSeen} rows for ${header.records} records.`)
  if (header.holes === 0 && points !== header.last - header.first + 1)
    invalid(`shapes: ${points} points for seqs ${header.first} to ${header.last}.`)
  return { widths, next: align8(at) }
}

function readOrder(bytes: Uint8Array, at: number, header: FrameHeader, widths: Width[]) {
  if (header.shapes < 2) return { order: null, next: at }
  const next = at + align8(2 * header.records)
  if (next > bytes.length) invalid('order: reaches beyond the end.')
  const order = new Uint16Array(bytes.buffer, bytes.byteOffset + at, header.records)
  const left = widths.map(width => width.rows)
  for (const shape of order) {
    if (shape >= widths.length) invalid(`order: names shape ${shape} of ${widths.length}.`)
    left[shape]!--
  }
  const wrong = left.findIndex(rows => rows !== 0)
  if (wrong >= 0) invalid(`order: shape ${wrong} has not as many records as rows.`)
  return { order, next }
}

function readHoles(view: DataView, start: number, header: FrameHeader): Hole[] {
  if (start + 16 * header.holes > view.byteLength) invalid('holes: reach beyond the end.')
  const holes: Hole[] = []
  let free = header.first
  for (let h = 0; h < header.holes; h++) {
    const first = readInt64(view, start + 16 * h, 'holes')
    const count = readInt64(view, start + 16 * h + 8, 'holes')
    if (first < free || count < 1 || first + count - 1 > header.last) invalid(`holes: hole ${h} is out of place.`)
    free = first + count
    holes.push({ first, count })
  }
  return holes
}

function checkHoles(frame: Frame): void {
  let end = frame.first
  let h = 0
  for (const { seq, width } of recordsOf(frame)) {
    while (h < frame.holes.length && frame.holes[h]!.first < seq) h++
    if (h < frame.holes.length && frame.holes[h]!.first < seq + width) invalid('holes: one lies inside a record.')
    end = seq + width
  }
  for (const hole of frame.holes) if (hole.first === end) end += hole.count
  if (end !== frame.last + 1) invalid(`holes: points and holes do not fill seqs ${frame.first} to ${frame.last}.`)
}

/** One record of a frame: the seq of its first point, how many points, and where its values lie. */
export interface RecordPlace {
  seq: number
  width: number
  shape: number
  row: number
}

/** The records in order of seq. */
export function* recordsOf(frame: Pick<Frame, 'first' | 'shapes' | 'order' | 'holes'>): Generator<RecordPlace> {
  const { shapes, order, holes } = frame
  const total = order ? order.length : (shapes[0]?.steps.length ?? 0)
  const rows = new Uint32Array(shapes.length)
  let seq = frame.first
  let hole = 0
  for (let r = 0; r < total; r++) {
    for (; hole < holes.length && holes[hole]!.first === seq; hole++) seq += holes[hole]!.count
    const shape = order ? order[r]! : 0
    const width = shapes[shape]!.keys.length
    yield { seq, width, shape, row: rows[shape]!++ }
    seq += width
  }
}

export interface Point {
  seq: number
  key: string
  step: number
  time: number
  value: number
}

/** Every point in order of seq, from `fromSeq` on. For a reader that needs speed: `recordsOf` and the columns. */
export function* pointsOf(frame: Frame, fromSeq = frame.first): Generator<Point> {
  for (const { seq, width, shape, row } of recordsOf(frame)) {
    if (seq + width <= fromSeq) continue
    const { keys, steps, times, columns } = frame.shapes[shape]!
    for (let i = Math.max(0, fromSeq - seq); i < width; i++) {
      const key = frame.keys[keys[i]!]!
      yield { seq: seq + i, key, step: steps[row]!, time: times[row]!, value: columns[i]![row]! }
    }
  }
}
