import { encodeFrame } from './encode-frame.ts'
import { invalid } from './errors.ts'
import type { Hole } from './frame.ts'
import { FRAME_HEADER_BYTES } from './frame-header.ts'
import { utf8Length } from './keys.ts'
import { FRAME_BYTES_MAX } from './limits.ts'

/** One record of a journal. The same `keys` array for the same list of keys makes grouping cheap. */
export interface PointsRecord {
  seq: number
  step: number
  time: number
  keys: readonly string[]
  values: Float64Array
}

interface Group {
  keys: number[]
  number: number
  rows: number
  steps: number[]
  times: number[]
  /** Row-major: a record's values lie together until the frame is cut. */
  values: Float64Array
}

/** Gathers records, and holes between them, of consecutive seqs into one frame of at most 65,536 bytes. */
export class FrameBuilder {
  readonly #writer: string
  readonly #bytesMax: number
  #first = -1
  #next = -1
  #keys = new Map<string, number>()
  #groups: Group[] = []
  #byList = new Map<readonly string[], Group>()
  #byNames = new Map<string, Group>()
  #order: number[] = []
  #holes: Hole[] = []
  #bytes = 0

  constructor(writer: string, bytesMax = FRAME_BYTES_MAX) {
    this.#writer = writer
    this.#bytesMax = bytesMax
    this.#reset()
  }

  get isEmpty(): boolean {
    return this.#first < 0
  }

  /** Seq of its first and of the point after its last; −1 while it is empty. */
  get first(): number {
    return this.#first
  }
  get next(): number {
    return this.#next
  }

  /**
   * Takes what fits of the record from its point `from` on and returns how many points that is. A record is cut only
   * where it fits no frame whole, so 0 means: take() this frame, then come again.
   */
  add(record: PointsRecord, from = 0): number {
    const seq = record.seq + from
    if (this.#next >= 0 && seq !== this.#next) return 0
    if (from === 0) {
      const group = this.#byList.get(record.keys)
      const cost = group ? this.#rowCost(group) : this.#costOf(record.keys)
      if (this.#bytes + cost <= this.#bytesMax && this.#order.length < 0xffff) {
        this.#push(group ?? this.#groupOf(record.keys), record, 0, record.keys.length)
        return record.keys.length
      }
      if (!this.isEmpty) return 0
    }
    return this.#addPart(record, from)
  }

  /** Notes seqs that have no point; false where the frame has no room left for it. */
  hole(first: number, count: number): boolean {
    if (this.#next >= 0 && first !== this.#next) return false
    if (this.#bytes + 16 > this.#bytesMax) return false
    this.#begin(first)
    const before = this.#holes.at(-1)
    if (before && before.first + before.count === first) before.count += count
    else {
      this.#holes.push({ first, count })
      this.#bytes += 16
    }
    this.#next += count
    return true
  }

  /** The frame, or null where nothing was added; the builder is empty again. */
  take(): Uint8Array | null {
    if (this.isEmpty) return null
    const bytes = encodeFrame({
      writer: this.#writer,
      first: this.#first,
      last: this.#next - 1,
      keys: [...this.#keys.keys()],
      shapes: this.#groups.map(shapeOf),
      order: this.#groups.length > 1 ? Uint16Array.from(this.#order) : null,
      holes: this.#holes,
    })
    this.#reset()
    return bytes
  }

  #reset(): void {
    this.#first = -1
    this.#next = -1
    this.#keys = new Map()
    this.#groups = []
    this.#byList = new Map()
    this.#byNames = new Map()
    this.#order = []
    this.#holes = []
    this.#bytes = FRAME_HEADER_BYTES + 24 // three sections may end in zeros
  }

  #begin(seq: number): void {
    if (this.#first < 0) {
      this.#first = seq
      this.#next = seq
    }
  }

  /** As many points from `from` on as fit; the part is a shape of its own. */
  #addPart(record: PointsRecord, from: number): number {
    let bytes = this.#bytes + SHAPE_BYTES
    let to = from
    while (to < record.keys.length) {
      const key = record.keys[to]!
      const cost = VALUE_COLUMN_BYTES + (this.#keys.has(key) ? 0 : 4 + utf8Length(key))
      if (bytes + cost > this.#bytesMax) break
      bytes += cost
      to++
    }
    if (to > from) this.#push(this.#groupOf(record.keys.slice(from, to)), record, from, to)
    return to - from
  }

  #push(group: Group, record: PointsRecord, from: number, to: number): void {
    const width = to - from
    this.#begin(record.seq + from)
    this.#bytes += this.#rowCost(group)
    if ((group.rows + 1) * width > group.values.length) group.values = grown(group.values, width)
    group.values.set(
      width === record.values.length ? record.values : record.values.subarray(from, to),
      group.rows * width,
    )
    group.steps.push(record.step)
    group.times.push(record.time)
    group.rows++
    this.#order.push(group.number)
    this.#next += width
  }

  /** Bytes that one more row costs at most: the columns' items, and 2 of order. */
  #rowCost(group: Group): number {
    return 8 * (2 + group.keys.length) + 2
  }

  #costOf(keys: readonly string[]): number {
    if (this.#byNames.has(keys.join('\0'))) return 8 * (2 + keys.length) + 2
    let bytes = SHAPE_BYTES
    for (const key of keys) bytes += VALUE_COLUMN_BYTES + (this.#keys.has(key) ? 0 : 4 + utf8Length(key))
    return bytes
  }

  #groupOf(keys: readonly string[]): Group {
    const names = keys.join('\0')
    let group = this.#byNames.get(names)
    if (!group) {
      group = {
        keys: keys.map(key => this.#keyNumber(key)),
        number: this.#groups.length,
        rows: 0,
        steps: [],
        times: [],
        values: new Float64Array(keys.length * 8),
      }
      this.#groups.push(group)
      this.#byNames.set(names, group)
      this.#bytes += SHAPE_BYTES - ROW_BYTES + (VALUE_COLUMN_BYTES - 8) * keys.length
    }
    this.#byList.set(keys, group)
    return group
  }

  #keyNumber(key: string): number {
    let number = this.#keys.get(key)
    if (number === undefined) {
      number = this.#keys.size
      this.#keys.set(key, number)
      this.#bytes += 4 + utf8Length(key)
    }
    return number
  }
}

/** Of a row: a step, a time, 2 of order. Of a shape with one row: besides its two words and two columns' words. */
const ROW_BYTES = 18
const SHAPE_BYTES = ROW_BYTES + 8 + 16
/** A key's index in the shape, its column's words, one value. */
const VALUE_COLUMN_BYTES = 4 + 8 + 8

function grown(values: Float64Array, least: number): Float64Array {
  const larger = new Float64Array(Math.max(2 * values.length, values.length + least))
  larger.set(values)
  return larger
}

function shapeOf(group: Group) {
  const width = group.keys.length
  const { rows, values } = group
  const columns = group.keys.map((_, i) => {
    const column = new Float64Array(rows)
    for (let row = 0, at = i; row < rows; row++, at += width) column[row] = values[at]!
    return column
  })
  return { keys: group.keys, steps: Float64Array.from(group.steps), times: Float64Array.from(group.times), columns }
}

/** Frames of any records, holes where seqs are missing between them. */
export function* framesOf(
  writer: string,
  records: Iterable<PointsRecord | Hole>,
  bytesMax = FRAME_BYTES_MAX,
): Generator<Uint8Array> {
  const builder = new FrameBuilder(writer, bytesMax)
  for (const record of records) {
    if ('count' in record) {
      while (!builder.hole(record.first, record.count)) yield cut(builder)
      continue
    }
    for (let from = 0; from < record.keys.length; ) {
      const taken = builder.add(record, from)
      if (taken === 0) yield cut(builder)
      from += taken
    }
  }
  const last = builder.take()
  if (last) yield last
}

function cut(builder: FrameBuilder): Uint8Array {
  return builder.take() ?? invalid('frame: one point is larger than a frame may be.')
}
