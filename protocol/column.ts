import { align8, readInt64, viewOf, WHOLE_MAX, writeInt64 } from './bytes.ts'
import { invalid } from './errors.ts'
import { packedBits, packedLength, readPacked, writePacked } from './packed-column.ts'

/** How a column is written: `coding` of frame.md and the bytes of its data. */
export interface Plan {
  coding: number
  length: number
}

const NAN_HIGH = 0x7ff80000 // the quiet NaN, the one that float32 gives back with the same bits

/** Bytes of a whole column: its two words, its data, zeros to a multiple of 8. */
export function columnBytes(length: number): number {
  return 8 + align8(length)
}

/** The smallest exact coding of whole numbers; of two as small, the lower number. Coding 4 is for answers alone. */
export function planWhole(items: Float64Array, of: 'frame' | 'answer' = 'frame'): Plan {
  const n = items.length
  if (n === 0) return { coding: 0, length: 0 }
  const step = n > 1 ? items[1]! - items[0]! : 0
  let least = step
  let most = step
  for (let i = 2; i < n; i++) {
    const difference = items[i]! - items[i - 1]!
    if (difference < least) least = difference
    if (difference > most) most = difference
  }
  const widest = Math.max(most, -least - 1)
  const plans: Plan[] = [{ coding: 0, length: 8 * n }]
  if (least === most && Math.abs(step) <= WHOLE_MAX) plans.push({ coding: 1, length: 16 })
  if (widest <= 0x7fffffff) plans.push({ coding: 2, length: 4 + 4 * n })
  if (widest <= 0x7fff) plans.push({ coding: 3, length: 6 + 2 * n })
  const bits = of === 'answer' ? packedBits(n, least, most) : undefined
  if (bits !== undefined) plans.push({ coding: 4, length: packedLength(n, bits) })
  return plans.reduce((best, plan) => (plan.length < best.length ? plan : best))
}

/** The smallest coding that gives the same float64 bits back; of two as small, the lower number. */
export function planFloats(items: Float64Array): Plan {
  const n = items.length
  const words = new Uint32Array(items.buffer, items.byteOffset, 2 * n)
  if (fitsFloat32(items, words) && n > 0) {
    return n > 2 && isConstant(words) ? { coding: 18, length: 8 } : { coding: 17, length: 4 * n }
  }
  return n > 1 && isConstant(words) ? { coding: 18, length: 8 } : { coding: 16, length: 8 * n }
}

function fitsFloat32(items: Float64Array, words: Uint32Array): boolean {
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!
    if (Math.fround(item) !== item && (words[2 * i + 1] !== NAN_HIGH || words[2 * i] !== 0)) return false
  }
  return true
}

function isConstant(words: Uint32Array): boolean {
  for (let i = 2; i < words.length; i++) if (words[i] !== words[i - 2]) return false
  return true
}

/** Writes the column at a multiple of 8 of `view` (whose bytes are zero there) and returns where the next one begins. */
export function writeColumn(view: DataView, at: number, items: Float64Array, plan: Plan): number {
  view.setUint32(at, plan.coding, true)
  view.setUint32(at + 4, plan.length, true)
  const data = at + 8
  const n = items.length
  const base = view.byteOffset + data
  switch (plan.coding) {
    case 0:
      for (let i = 0; i < n; i++) writeInt64(view, data + 8 * i, items[i]!)
      break
    case 1:
      writeInt64(view, data, items[0]!)
      writeInt64(view, data + 8, n > 1 ? items[1]! - items[0]! : 0)
      break
    case 2:
      writeInt64(view, data, items[0]!)
      for (let i = 1; i < n; i++) view.setInt32(data + 4 + 4 * i, items[i]! - items[i - 1]!, true)
      break
    case 3:
      writeInt64(view, data, items[0]!)
      for (let i = 1; i < n; i++) view.setInt16(data + 6 + 2 * i, items[i]! - items[i - 1]!, true)
      break
    case 4:
      writePacked(view, data, items, plan.length)
      break
    case 16:
      new Uint8Array(view.buffer, base, 8 * n).set(new Uint8Array(items.buffer, items.byteOffset, 8 * n))
      break
    case 17:
      new Float32Array(view.buffer, base, n).set(items)
      break
    default:
      new Uint8Array(view.buffer, base, 8).set(new Uint8Array(items.buffer, items.byteOffset, 8))
  }
  return data + align8(plan.length)
}

/** Reads columns one after the other out of bytes that lie at a multiple of 8. Items may be a view of those bytes. */
export class ColumnReader {
  readonly #view: DataView
  at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#view = viewOf(bytes)
    this.at = at
  }

  whole(n: number, where: string): Float64Array {
    const { coding, length, data } = this.#open(where)
    const view = this.#view
    if (coding === 0) {
      expect(length, 8 * n, where)
      const items = new Float64Array(n)
      for (let i = 0; i < n; i++) items[i] = readInt64(view, data + 8 * i, where)
      return items
    }
    if (n === 0) invalid(`${where}: coding ${coding} of no items.`)
    if (coding === 4) return readPacked(view, data, length, n, where)
    if (coding < 1 || coding > 3) invalid(`${where}: coding ${coding} is none of whole numbers.`)
    expect(length, coding === 1 ? 16 : coding === 2 ? 4 + 4 * n : 6 + 2 * n, where)
    const items = new Float64Array(n)
    let item = readInt64(view, data, where)
    items[0] = item
    // A loop each: through one function for the three, a column took four times as long.
    if (coding === 1) {
      const step = readInt64(view, data + 8, where)
      for (let i = 1; i < n; i++) items[i] = item = within(item + step, i, where)
    } else if (coding === 2) {
      for (let i = 1; i < n; i++) items[i] = item = within(item + view.getInt32(data + 4 + 4 * i, true), i, where)
    } else if (Math.abs(item) + 0x8000 * n <= WHOLE_MAX) {
      // Times and steps of most: no item can leave the range, none is asked.
      for (let i = 1; i < n; i++) items[i] = item += view.getInt16(data + 6 + 2 * i, true)
    } else {
      for (let i = 1; i < n; i++) items[i] = item = within(item + view.getInt16(data + 6 + 2 * i, true), i, where)
    }
    return items
  }

  floats(n: number, where: string): Float64Array {
    const { coding, length, data } = this.#open(where)
    const { buffer, byteOffset } = this.#view
    if (coding === 16) {
      expect(length, 8 * n, where)
      return new Float64Array(buffer, byteOffset + data, n)
    }
    if (coding === 17) {
      expect(length, 4 * n, where)
      return new Float64Array(new Float32Array(buffer, byteOffset + data, n))
    }
    if (coding !== 18) invalid(`${where}: coding ${coding} is none of float64.`)
    expect(length, 8, where)
    return new Float64Array(n).fill(this.#view.getFloat64(data, true))
  }

  #open(where: string) {
    const { at } = this
    if (at + 8 > this.#view.byteLength) invalid(`${where}: begins beyond the end.`)
    const coding = this.#view.getUint32(at, true)
    const length = this.#view.getUint32(at + 4, true)
    if (length > this.#view.byteLength - at - 8) invalid(`${where}: ${length} bytes reach beyond the end.`)
    this.at = at + 8 + align8(length)
    if (this.at > this.#view.byteLength) invalid(`${where}: its last zeros are missing.`)
    return { coding, length, data: at + 8 }
  }
}

function expect(length: number, expected: number, where: string): void {
  if (length !== expected) invalid(`${where}: ${length} bytes of data where ${expected} are due.`)
}

function within(item: number, i: number, where: string): number {
  if (item > WHOLE_MAX || item < -WHOLE_MAX) invalid(`${where}: item ${i} lies outside ±(2^53 − 1).`)
  return item
}
