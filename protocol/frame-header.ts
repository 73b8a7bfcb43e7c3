import { align8, readInt64, toHex, viewOf } from './bytes.ts'
import { invalid } from './errors.ts'
import { FRAME_BYTES_MAX, FRAME_POINTS_MAX } from './limits.ts'

export const FRAME_HEADER_BYTES = 64
export const FRAME_VERSION = 1
export const FRAME_MAGIC = 0x31465354 // "TSF1", little-endian

/** What a frame says of itself before anything is unpacked. */
export interface FrameHeader {
  /** 32 lower-case hex digits. */
  writer: string
  /** Seqs of its first and last point or hole. */
  first: number
  last: number
  records: number
  keys: number
  shapes: number
  holes: number
  nameBytes: number
}

/** Reads and checks the header alone: cheap enough for the loop that acks. Throws ProtocolError. */
export function readFrameHeader(bytes: Uint8Array): FrameHeader {
  if (bytes.length < FRAME_HEADER_BYTES) invalid(`header: ${bytes.length} bytes are too few for a frame.`)
  if (bytes.length > FRAME_BYTES_MAX) invalid(`header: ${bytes.length} bytes are more than ${FRAME_BYTES_MAX}.`)
  const view = viewOf(bytes)
  if (view.getUint32(0, true) !== FRAME_MAGIC) invalid('header: this is not a frame.')
  const version = view.getUint16(4, true)
  if (version !== FRAME_VERSION) invalid(`header: version ${version} is unknown.`)
  const header: FrameHeader = {
    writer: toHex(bytes.subarray(8, 24)),
    first: readInt64(view, 24, 'header'),
    last: readInt64(view, 32, 'header'),
    records: view.getUint32(40, true),
    keys: view.getUint32(44, true),
    shapes: view.getUint32(48, true),
    holes: view.getUint32(52, true),
    nameBytes: view.getUint32(56, true),
  }
  checkCounts(header, bytes.length)
  return header
}

function checkCounts(header: FrameHeader, length: number): void {
  const { first, last, records, keys, shapes, holes, nameBytes } = header
  if (first < 0 || last < first) invalid(`header: seqs ${first} to ${last} are no range.`)
  if (records > FRAME_POINTS_MAX) invalid(`header: ${records} records are more than ${FRAME_POINTS_MAX}.`)
  if (records < shapes) invalid(`header: ${shapes} shapes for ${records} records.`)
  if (records > 0 && shapes === 0) invalid(`header: ${records} records without a shape.`)
  if (shapes > 0xffff) invalid(`header: ${shapes} shapes are more than 65535.`)
  const order = shapes > 1 ? align8(2 * records) : 0
  const least = FRAME_HEADER_BYTES + 4 * keys + nameBytes + 12 * shapes + order + 16 * holes + 48 * shapes
  if (least > length) invalid(`header: its counts need ${least} bytes, and the frame has ${length}.`)
}
