import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { ColumnReader, columnBytes, planWhole, writeColumn } from '../../../protocol/column.ts'
import type { Columns } from './chunks.ts'
import { bytesOf, fitsFloat32, shuffle, unshuffle } from './codings.ts'

/** A bucket of consecutive points of a series. Min and max are of finite values, NaN where it has none; the earliest of equal ones. */
export interface Bucket {
  first: Shown
  last: Shown
  min: Shown
  max: Shown
  sum: number
  /** Finite values. */
  count: number
}

interface Shown {
  step: number
  time: number
  value: number
}

/** Two neighbouring buckets as one. */
export function joinBuckets(one: Bucket, other: Bucket): Bucket {
  return {
    first: one.first,
    last: other.last,
    min: one.min.value <= other.min.value || Number.isNaN(other.min.value) ? one.min : other.min,
    max: one.max.value >= other.max.value || Number.isNaN(other.max.value) ? one.max : other.max,
    sum: one.sum + other.sum,
    count: one.count + other.count,
  }
}

/**
 * A level of the pyramid of consecutive buckets, as it is drawn from: first, lowest, highest and last point of each, every
 * point once, in order.
 *
 * Body: u8 version 1 · raw deflate of: u32 buckets b · u32 points m · columns of protocol/frame.md: steps (m) · times (m) ·
 * then values (m, f32 where all are exact in it, told by the u8 before them, else f64; byte-shuffled) · sums (b, f64,
 * byte-shuffled) · counts of finite values (b, u32) · how many of the points are of each bucket (b, u8).
 */
export function packLevel(buckets: Bucket[]): Buffer {
  const shown = buckets.map(shownOf)
  const points = shown.flat()
  const steps = Float64Array.from(points, ({ step }) => step)
  const times = Float64Array.from(points, ({ time }) => time)
  const values = Float64Array.from(points, ({ value }) => value)
  const narrow = fitsFloat32(values)
  const head = Buffer.alloc(8)
  head.writeUInt32LE(buckets.length, 0)
  head.writeUInt32LE(points.length, 4)
  const parts = [
    head,
    wholeColumn(steps),
    wholeColumn(times),
    Buffer.of(narrow ? 1 : 0),
    narrow ? shuffle(bytesOf(Float32Array.from(values)), 4) : shuffle(bytesOf(values), 8),
    shuffle(bytesOf(Float64Array.from(buckets, ({ sum }) => sum)), 8),
    shuffle(bytesOf(Int32Array.from(buckets, ({ count }) => count)), 4),
    Buffer.from(shown.map(({ length }) => length)),
  ]
  return Buffer.concat([Buffer.of(1), deflateRawSync(Buffer.concat(parts), { level: 1 })])
}

/** The points of a level, in order. */
export function unpackLevel(body: Uint8Array): Columns {
  if (body[0] !== 1) throw new Error(`level: version ${body[0]} is unknown`)
  const bytes = inflateRawSync(body.subarray(1))
  const m = bytes.readUInt32LE(4)
  const own = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  const reader = new ColumnReader(own, 8)
  const steps = reader.whole(m, 'level')
  const times = reader.whole(m, 'level')
  const width = own[reader.at] === 1 ? 4 : 8
  const { buffer } = unshuffle(own.subarray(reader.at + 1, reader.at + 1 + width * m), width)
  const values = width === 4 ? new Float64Array(new Float32Array(buffer)) : new Float64Array(buffer)
  return { steps, times, values }
}

/** First, lowest, highest and last in order, each once: for buckets whose steps rise. */
function shownOf({ first, min, max, last, count }: Bucket): Shown[] {
  const [earlier, later] = min.step < max.step ? [min, max] : [max, min]
  const list = count > 0 ? [first, earlier, later, last] : [first, last]
  return list.filter((one, i) => i === 0 || one.step > (list[i - 1] as Shown).step)
}

function wholeColumn(items: Float64Array): Buffer {
  const plan = planWhole(items)
  const bytes = Buffer.alloc(columnBytes(plan.length))
  writeColumn(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, items, plan)
  return bytes
}
