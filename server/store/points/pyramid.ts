import { deflateRawSync } from 'node:zlib'
import { bytesOf, fitsFloat32, inflated, shuffle, unshuffle } from './codings.ts'

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

/** The level of a chunk of `n` points with buckets of `size`; undefined where the chunk is no longer than one of them. */
export function unpackPyramid(body: Uint8Array, n: number, size: number): Level | undefined {
  if (body[0] !== 1) throw new Error(`pyramid: version ${body[0]} is unknown`)
  const narrow = body[1] === 1
  const width = narrow ? 4 : 8
  const sizes = SIZES.filter(size => n > size)
  const total = sizes.reduce((sum, size) => sum + bucketsOf(n, size) * (4 * width + 14), 0)
  const bytes = inflated(body.subarray(2), total)
  const before = sizes.filter(one => one < size).reduce((sum, one) => sum + bucketsOf(n, one) * (4 * width + 14), 0)
  return sizes.includes(size) ? levelAt(bytes.subarray(before), bucketsOf(n, size), size, narrow) : undefined
}

function levelAt(bytes: Uint8Array, b: number, size: number, narrow: boolean): Level {
  let at = 0
  const take = (length: number) => {
    at += length
    return bytes.subarray(at - length, at)
  }
  const wide = () => {
    const { buffer } = unshuffle(take(b * (narrow ? 4 : 8)), narrow ? 4 : 8)
    return narrow ? new Float64Array(new Float32Array(buffer)) : new Float64Array(buffer)
  }
  const small = () => new Uint16Array(new Uint8Array(take(2 * b)).buffer)
  const [min, max, first, last] = [wide(), wide(), wide(), wide()]
  const sum = new Float64Array(unshuffle(take(8 * b), 8).buffer)
  return { size, min, max, first, last, sum, minAt: small(), maxAt: small(), count: small() }
}

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
