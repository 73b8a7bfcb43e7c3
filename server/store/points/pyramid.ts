import { deflateRawSync } from 'node:zlib'
import { bytesOf, fitsFloat32, inflated, shuffle } from './codings.ts'

/**
 * Buckets of 64 and of 512 consecutive points of a chunk (the level of 4,096 is the chunk's stats).
 *
 * Body: u8 version 1 · u8 flags (1: min, max, first, last are float32, exact) · raw deflate of, for each level in turn, b
 * buckets: min · max · first · last (f32 or f64, byte-shuffled) · sum (f64, byte-shuffled) · u16 offset of min · u16 offset
 * of max (within the bucket) · u16 count of finite values. Min, max and sum are of finite values; NaN, NaN and 0 where a
 * bucket has none. The earliest of equal extremes is named.
 */
export interface Level {
  size: number
  min: Float64Array
  max: Float64Array
  first: Float64Array
  last: Float64Array
  sum: Float64Array
  minAt: Uint16Array
  maxAt: Uint16Array
  count: Uint16Array
}

const SIZES = [64, 512]

const bucketsOf = (n: number, size: number) => Math.ceil(n / size)

/** Null where a chunk is no longer than one bucket. */
export function packPyramid(values: Float64Array): Buffer | null {
  const n = values.length
  if (n <= (SIZES[0] as number)) return null
  const narrow = fitsFloat32(values)
  const parts = SIZES.filter(size => n > size).flatMap(size => {
    const level = levelOf(values, size)
    const wide = [level.min, level.max, level.first, level.last].map(column =>
      narrow ? shuffle(bytesOf(new Float32Array(column)), 4) : shuffle(bytesOf(column), 8),
    )
    return [...wide, shuffle(bytesOf(level.sum), 8), bytesOf(level.minAt), bytesOf(level.maxAt), bytesOf(level.count)]
  })
  return Buffer.concat([Buffer.of(1, narrow ? 1 : 0), deflateRawSync(Buffer.concat(parts), { level: 1 })])
}

/**
 * The level of a chunk of `n` points with buckets of `size`; undefined where the chunk is no longer than one of them. Written
 * into `room` where that is given, whose columns may be longer: thousands of chunks need no memory of their own.
 */
export function unpackPyramid(body: Uint8Array, n: number, size: number, room?: Level): Level | undefined {
  if (body[0] !== 1) throw new Error(`pyramid: version ${body[0]} is unknown`)
  const narrow = body[1] === 1
  const width = narrow ? 4 : 8
  const sizes = SIZES.filter(size => n > size)
  const total = sizes.reduce((sum, size) => sum + bucketsOf(n, size) * (4 * width + 14), 0)
  const bytes = inflated(body.subarray(2), total)
  const before = sizes.filter(one => one < size).reduce((sum, one) => sum + bucketsOf(n, one) * (4 * width + 14), 0)
  if (!sizes.includes(size)) return undefined
  const b = bucketsOf(n, size)
  return fillLevel(room ?? roomFor(b, size), bytes.subarray(before), b, narrow)
}

/** A level for up to `b` buckets. */
export const roomFor = (b: number, size: number): Level => ({
  size,
  min: new Float64Array(b),
  max: new Float64Array(b),
  first: new Float64Array(b),
  last: new Float64Array(b),
  sum: new Float64Array(b),
  minAt: new Uint16Array(b),
  maxAt: new Uint16Array(b),
  count: new Uint16Array(b),
})

function fillLevel(level: Level, bytes: Uint8Array, b: number, narrow: boolean): Level {
  let at = 0
  for (const column of [level.min, level.max, level.first, level.last]) {
    if (narrow) readSingles(bytes, at, b, column)
    else readDoubles(bytes, at, b, column)
    at += b * (narrow ? 4 : 8)
  }
  readDoubles(bytes, at, b, level.sum)
  at += 8 * b
  for (const column of [level.minAt, level.maxAt, level.count]) {
    for (let i = 0; i < b; i++) column[i] = (bytes[at + 2 * i] as number) | ((bytes[at + 2 * i + 1] as number) << 8)
    at += 2 * b
  }
  return level
}

/** One item, seen as its words and as its value. */
const words = new Uint32Array(2)
const single = new Float32Array(words.buffer)
const double = new Float64Array(words.buffer)

/** Byte-shuffled float32, b of them. */
function readSingles(bytes: Uint8Array, at: number, b: number, into: Float64Array): void {
  for (let i = 0; i < b; i++) {
    words[0] = wordAt(bytes, at + i, b)
    into[i] = single[0] as number
  }
}

/** Byte-shuffled float64, b of them. */
function readDoubles(bytes: Uint8Array, at: number, b: number, into: Float64Array): void {
  for (let i = 0; i < b; i++) {
    words[0] = wordAt(bytes, at + i, b)
    words[1] = wordAt(bytes, at + 4 * b + i, b)
    into[i] = double[0] as number
  }
}

const wordAt = (bytes: Uint8Array, at: number, b: number) =>
  (bytes[at] as number) |
  ((bytes[at + b] as number) << 8) |
  ((bytes[at + 2 * b] as number) << 16) |
  ((bytes[at + 3 * b] as number) << 24)

export function levelOf(values: Float64Array, size: number): Level {
  const b = bucketsOf(values.length, size)
  const level: Level = {
    size,
    min: new Float64Array(b).fill(Number.NaN),
    max: new Float64Array(b).fill(Number.NaN),
    first: new Float64Array(b),
    last: new Float64Array(b),
    sum: new Float64Array(b),
    minAt: new Uint16Array(b),
    maxAt: new Uint16Array(b),
    count: new Uint16Array(b),
  }
  for (let bucket = 0; bucket < b; bucket++) fill(level, bucket, values.subarray(bucket * size, (bucket + 1) * size))
  return level
}

function fill(level: Level, bucket: number, values: Float64Array): void {
  let [min, max, minAt, maxAt, sum, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0, 0]
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!Number.isFinite(value)) continue
    count++
    sum += value
    if (value < min) {
      min = value
      minAt = i
    }
    if (value > max) {
      max = value
      maxAt = i
    }
  }
  level.first[bucket] = values[0] as number
  level.last[bucket] = values[values.length - 1] as number
  if (count === 0) return
  level.min[bucket] = min
  level.max[bucket] = max
  level.minAt[bucket] = minAt
  level.maxAt[bucket] = maxAt
  level.sum[bucket] = sum
  level.count[bucket] = count
}
