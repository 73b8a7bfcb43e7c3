import { fromUtf8, readInt64 } from './bytes.ts'
import { isProtocolError } from './errors.ts'
import { keyFault } from './keys.ts'

/** The keys of one segment by number, and the lists of them that records hold, each made once. */
export class KeyTable {
  #names = new Map<number, string>()
  #lists = new Map<number, KeyList[]>()

  define(number: number, name: string): void {
    if (!this.#names.has(number)) this.#names.set(number, name)
  }

  /** The names of n key numbers that begin at `at`; undefined where a number was never defined. */
  list(view: DataView, at: number, n: number): KeyList {
    let hash = n
    for (let i = 0; i < n; i++) hash = Math.imul(hash ^ view.getUint32(at + 4 * i, true), 0x01000193)
    const same = this.#lists.get(hash)
    const found = same?.find(list => list.equals(view, at, n))
    if (found) return found
    const numbers = new Uint32Array(n)
    for (let i = 0; i < n; i++) numbers[i] = view.getUint32(at + 4 * i, true)
    const list = new KeyList(
      numbers,
      Array.from(numbers, number => this.#names.get(number)),
    )
    if (list.complete) this.#lists.set(hash, [...(same ?? []), list])
    return list
  }
}

export class KeyList {
  readonly #numbers: Uint32Array
  readonly names: (string | undefined)[]
  readonly complete: boolean

  constructor(numbers: Uint32Array, names: (string | undefined)[]) {
    this.#numbers = numbers
    this.names = names
    this.complete = !names.includes(undefined)
  }

  equals(view: DataView, at: number, n: number): boolean {
    if (n !== this.#numbers.length) return false
    for (let i = 0; i < n; i++) if (this.#numbers[i] !== view.getUint32(at + 4 * i, true)) return false
    return true
  }
}

/** Bodies whose checksum is right may still say nonsense: then they are read as lost. */
function sane<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (isProtocolError(error) || error instanceof SyntaxError) return null
    throw error
  }
}

export function readKey(bytes: Uint8Array, view: DataView, body: number, length: number, keys: KeyTable): void {
  if (length < 8) return
  const name = sane(() => fromUtf8(bytes.subarray(body + 8, body + length), 'key'))
  if (name !== null && !keyFault(name)) keys.define(view.getUint32(body + 4, true), name)
}

export function readPoints(view: DataView, body: number, length: number, keys: KeyTable) {
  if (length < 48) return null
  const n = view.getUint32(body + 4, true)
  const valuesAt = 8 * Math.ceil((32 + 4 * n) / 8)
  if (n === 0 || length !== valuesAt + 8 * n) return null
  return sane(() => {
    const seq = readInt64(view, body + 8, 'seq')
    const step = readInt64(view, body + 16, 'step')
    const time = readInt64(view, body + 24, 'time')
    const { names, complete } = keys.list(view, body + 32, n)
    // slice, not a view: the window may begin anywhere and will be reused
    const at = view.byteOffset + body + valuesAt
    const values = new Float64Array(view.buffer.slice(at, at + 8 * n) as ArrayBuffer)
    return { seq, step, time, keys: names, complete, values }
  })
}

export function readMeta(bytes: Uint8Array, view: DataView, body: number, length: number) {
  if (length < 16) return null
  return sane(() => {
    const ordinal = readInt64(view, body + 8, 'ordinal')
    const item: unknown = JSON.parse(fromUtf8(bytes.subarray(body + 16, body + length), 'meta'))
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return null
    return { ordinal, item: item as Record<string, unknown> }
  })
}
