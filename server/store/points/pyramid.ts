import { deflateRawSync } from 'node:zlib'
import { bytesOf, fitsFloat32, inflated, shuffle } from './codings.ts'

/**
 * Buckets of 64 and of 512 consecutive points of a chunk (the level of 4,096 is the chunk's stats).
 *
 * Body: u8 version 2 · u8 flags (1: min, max, first, last are float32, exact) · raw deflate of, for each level in turn, b
 * buckets: min · max · first · last (f32 or f64, the four columns byte-shuffled as one) · offset of min · offset of max
 * (within the bucket; u8 of 64, u16 of 512); and of 512 only: sum (f64, byte-shuffled) · u16 count of finite values.
 * Min, max and sum are of finite values; NaN, NaN and 0 where a bucket has none. The earliest of equal extremes is named.
 *
 * Version 1 shuffled each column apart, and had u16 offsets, sums and counts at both levels: a third more of a chunk's row.
 */
export interface Level {
  size: number
  min: Float64Array
  max: Float64Array
  first: Float64Array
  last: Float64Array
  minAt: Uint16Array
  maxAt: Uint16Array
  /** Empty of 64, as is `count`: a level that was read into a room for 64 has neither. */
  sum: Float64Array
  count: Uint16Array
}

const FINEST = 64
const SIZES = [FINEST, 512]

const bucketsOf = (n: number, size: number) => Math.ceil(n / size)

/** Null where a chunk is no longer than one bucket. */
export function packPyramid(values: Float64Array): Buffer | null {
  const n = values.length
  if (n <= FINEST) return null
  const narrow = fitsFloat32(values)
  const parts = SIZES.filter(size => n > size).flatMap(size => {
    const { min, max, first, last, minAt, maxAt, sum, count } = levelOf(values, size)
    const shown = joined([min, max, first, last])
    const wide = narrow ? shuffle(bytesOf(new Float32Array(shown)), 4) : shuffle(bytesOf(shown), 8)
    if (size === FINEST) return [wide, Buffer.from(minAt), Buffer.from(maxAt)]
    return [wide, bytesOf(minAt), bytesOf(maxAt), shuffle(bytesOf(sum), 8), bytesOf(count)]
  })
  return Buffer.concat([Buffer.of(2, narrow ? 1 : 0), deflateRawSync(Buffer.concat(parts), { level: 1 })])
}

function joined(columns: Float64Array[]): Float64Array {
  const b = columns[0]?.length ?? 0
  const all = new Float64Array(columns.length * b)
  for (const [i, column] of columns.entries()) all.set(column, i * b)
  return all
}

/** Bytes of a bucket in the body, inflated. */
function bucketBytes(version: number, size: number, width: number): number {
  if (version === 1) return 4 * width + 14
  return 4 * width + (size === FINEST ? 2 : 14)
}

/**
 * The level of a chunk of `n` points with buckets of `size`; undefined where the chunk is no longer than one of them. Written
 * into `room` where that is given, whose columns may be longer: thousands of chunks need no memory of their own.
 */
export function unpackPyramid(body: Uint8Array, n: number, size: number, room?: Level): Level | undefined {
  const version = body[0] as number
  if (version !== 1 && version !== 2) throw new Error(`pyramid: version ${version} is unknown`)
  const width = body[1] === 1 ? 4 : 8
  const bytesTo = (sizes: number[]) =>
    sizes.reduce((sum, one) => sum + bucketsOf(n, one) * bucketBytes(version, one, width), 0)
  const sizes = SIZES.filter(size => n > size)
  const bytes = inflated(body.subarray(2), bytesTo(sizes))
  if (!sizes.includes(size)) return undefined
  const own = bytes.subarray(bytesTo(sizes.filter(one => one < size)))
  const b = bucketsOf(n, size)
  const level = room ?? roomFor(b, size)
  return version === 1 ? fillFirst(level, own, b, width) : fillLevel(level, own, b, width, size)
}

/** A level for up to `b` buckets. */
export const roomFor = (b: number, size: number): Level => ({
  size,
  min: new Float64Array(b),
  max: new Float64Array(b),
  first: new Float64Array(b),
  last: new Float64Array(b),
  minAt: new Uint16Array(b),
  maxAt: new Uint16Array(b),
  sum: new Float64Array(size === FINEST ? 0 : b),
  count: new Uint16Array(size === FINEST ? 0 : b),
})

const shownIn = ({ min, max, first, last }: Level) => [min, max, first, last]

function fillLevel(level: Level, bytes: Uint8Array, b: number, width: number, size: number): Level {
  for (const [i, column] of shownIn(level).entries()) readWide(bytes, i * b, 4 * b, width, b, column)
  const at = 4 * b * width
  if (size === FINEST) {
    for (let i = 0; i < b; i++) {
      level.minAt[i] = bytes[at + i] as number
      level.maxAt[i] = bytes[at + b + i] as number
    }
    return level
  }
  readSmall(bytes, at, b, level.minAt)
  readSmall(bytes, at + 2 * b, b, level.maxAt)
  if (level.size === FINEST) return level
  readWide(bytes, at + 4 * b, b, 8, b, level.sum)
  readSmall(bytes, at + 12 * b, b, level.count)
  return level
}

/** Of version 1. */
function fillFirst(level: Level, bytes: Uint8Array, b: number, width: number): Level {
  for (const [i, column] of shownIn(level).entries()) readWide(bytes, i * b * width, b, width, b, column)
  const at = 4 * b * width
  if (level.size !== FINEST) readWide(bytes, at, b, 8, b, level.sum)
  readSmall(bytes, at + 8 * b, b, level.minAt)
  readSmall(bytes, at + 10 * b, b, level.maxAt)
  if (level.size !== FINEST) readSmall(bytes, at + 12 * b, b, level.count)
  return level
}

function readSmall(bytes: Uint8Array, at: number, b: number, into: Uint16Array): void {
  for (let i = 0; i < b; i++) into[i] = (bytes[at + 2 * i] as number) | ((bytes[at + 2 * i + 1] as number) << 8)
}

/** One item, seen as its words and as its value. */
const words = new Uint32Array(2)
const single = new Float32Array(words.buffer)
const double = new Float64Array(words.buffer)

/** Items of `width` bytes from `at` on among `all` that were byte-shuffled together, b of them. */
function readWide(bytes: Uint8Array, at: number, all: number, width: number, b: number, into: Float64Array): void {
  for (let i = 0; i < b; i++) {
    words[0] = wordAt(bytes, at + i, all)
    if (width === 8) words[1] = wordAt(bytes, at + 4 * all + i, all)
    into[i] = (width === 8 ? double[0] : single[0]) as number
  }
}

const wordAt = (bytes: Uint8Array, at: number, b: number) =>
  (bytes[at] as number) |
  ((bytes[at + b] as number) << 8) |
  ((bytes[at + 2 * b] as number) << 16) |
  ((bytes[at + 3 * b] as number) << 24)

export function levelOf(values: Float64Array, size: number): Level {
  const b = bucketsOf(values.length, size)
  const level = roomFor(b, size)
  level.min.fill(Number.NaN)
  level.max.fill(Number.NaN)
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
  if (level.size === FINEST) return
  level.sum[bucket] = sum
  level.count[bucket] = count
}
