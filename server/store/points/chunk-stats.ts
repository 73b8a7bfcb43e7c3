/**
 * What a chunk's `stats` says, 64 bytes, little-endian: f64 first · f64 last (in order of commit) · f64 min · f64 max ·
 * f64 sum (of finite values; 0, and NaN for min and max, where there is none) · u32 offset of min · u32 offset of max ·
 * u32 count of values that are not finite · 12 zero bytes. The earliest of equal extremes is named.
 */
export interface ChunkStats {
  first: number
  last: number
  min: number
  max: number
  sum: number
  minAt: number
  maxAt: number
  nonFinite: number
}

export function statsOf(values: Float64Array): ChunkStats {
  let min = Number.NaN
  let max = Number.NaN
  let minAt = 0
  let maxAt = 0
  let sum = 0
  let nonFinite = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!Number.isFinite(value)) {
      nonFinite++
      continue
    }
    sum += value
    if (!(value >= min)) {
      min = value
      minAt = i
    }
    if (!(value <= max)) {
      max = value
      maxAt = i
    }
  }
  return {
    first: values[0] as number,
    last: values[values.length - 1] as number,
    min,
    max,
    sum,
    minAt,
    maxAt,
    nonFinite,
  }
}

export function writeStats(stats: ChunkStats): Buffer {
  const bytes = Buffer.alloc(64)
  ;[stats.first, stats.last, stats.min, stats.max, stats.sum].forEach((value, i) => {
    bytes.writeDoubleLE(value, 8 * i)
  })
  bytes.writeUInt32LE(stats.minAt, 40)
  bytes.writeUInt32LE(stats.maxAt, 44)
  bytes.writeUInt32LE(stats.nonFinite, 48)
  return bytes
}

export function readStats(bytes: Buffer): ChunkStats {
  const [first, last, min, max, sum] = [0, 8, 16, 24, 32].map(at => bytes.readDoubleLE(at)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return {
    first,
    last,
    min,
    max,
    sum,
    minAt: bytes.readUInt32LE(40),
    maxAt: bytes.readUInt32LE(44),
    nonFinite: bytes.readUInt32LE(48),
  }
}
