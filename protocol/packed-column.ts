import { readInt64, WHOLE_MAX, writeInt64 } from './bytes.ts'
import { invalid } from './errors.ts'

/** Data before the differences: i64 first item · i32 smallest difference · u32 bits of each. */
export const PACKED_HEAD = 16
const BITS_MAX = 31
/** Bits are counted in whole numbers of 32 bits. */
const ALL_BITS_MAX = 0x7fffffff

/** Bits that hold a difference from the smallest to the largest; undefined where coding 4 cannot hold these n items. */
export function packedBits(n: number, least: number, most: number): number | undefined {
  const bits = 32 - Math.clz32(most - least)
  if (least < -0x80000000 || least > 0x7fffffff || most - least > 0x7fffffff) return undefined
  return bits * n <= ALL_BITS_MAX ? bits : undefined
}

export const packedLength = (n: number, bits: number) => PACKED_HEAD + 4 * Math.ceil(((n - 1) * bits) / 32)

/** Data of coding 4 at `at`, a multiple of 8, into bytes that are zero; `length` as planned for these items. */
export function writePacked(view: DataView, at: number, items: Float64Array, length: number): void {
  const n = items.length
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (let i = 1; i < n; i++) {
    const difference = items[i]! - items[i - 1]!
    if (difference < least) least = difference
    if (difference > most) most = difference
  }
  const bits = packedBits(n, least, most)!
  writeInt64(view, at, items[0]!)
  view.setInt32(at + 8, least, true)
  view.setUint32(at + 12, bits, true)
  const words = new Uint32Array(view.buffer, view.byteOffset + at + PACKED_HEAD, (length - PACKED_HEAD) / 4)
  for (let i = 1, bit = 0; i < n; i++, bit += bits) {
    const excess = items[i]! - items[i - 1]! - least
    const word = bit >>> 5
    const shift = bit & 31
    words[word]! |= excess << shift
    if (shift + bits > 32) words[word + 1]! |= excess >>> (32 - shift)
  }
}

/** The n items, at least one, of `length` bytes of data of coding 4 at `at`. */
export function readPacked(view: DataView, at: number, length: number, n: number, where: string): Float64Array {
  if (length < PACKED_HEAD) invalid(`${where}: ${length} bytes of data where at least ${PACKED_HEAD} are due.`)
  const least = view.getInt32(at + 8, true)
  const bits = view.getUint32(at + 12, true)
  if (bits > BITS_MAX || bits * n > ALL_BITS_MAX) invalid(`${where}: ${bits} bits of each of ${n} items cannot be.`)
  const due = packedLength(n, bits)
  if (length !== due) invalid(`${where}: ${length} bytes of data where ${due} are due.`)
  const words = new Uint32Array(view.buffer, view.byteOffset + at + PACKED_HEAD, (length - PACKED_HEAD) / 4)
  const mask = 2 ** bits - 1
  const items = new Float64Array(n)
  let item = readInt64(view, at, where)
  items[0] = item
  for (let i = 1, bit = 0; i < n; i++, bit += bits) {
    const word = bit >>> 5
    const shift = bit & 31
    let excess = words[word]! >>> shift
    if (shift + bits > 32) excess |= words[word + 1]! << (32 - shift)
    items[i] = item += least + (excess & mask)
    if (item > WHOLE_MAX || item < -WHOLE_MAX) invalid(`${where}: item ${i} lies outside ±(2^53 − 1).`)
  }
  return items
}
