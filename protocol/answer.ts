import { align8, aligned, fromUtf8, toUtf8, viewOf } from './bytes.ts'
import { ColumnReader, columnBytes, planFloats, planWhole, writeColumn } from './column.ts'
import { invalid } from './errors.ts'

/** A column of an answer, told apart by what it holds: whole numbers (steps, times) or float64 (values). */
export type AnswerColumn = { whole: Float64Array } | { floats: Float64Array }

export interface PartBytes {
  json: unknown
  /** Reads the columns that the JSON names, in order. */
  columns: ColumnReader
}

/** One part: its JSON, then its columns, each in its smallest exact coding (or as `encodeColumns` made them). */
export function encodePart(json: unknown, columns: AnswerColumn[] | Uint8Array): Uint8Array {
  const text = toUtf8(JSON.stringify(json))
  const block = columns instanceof Uint8Array ? columns : encodeColumns(columns)
  const columnsAt = 8 + align8(text.length)
  const bytes = new Uint8Array(columnsAt + block.length)
  const view = viewOf(bytes)
  view.setUint32(0, bytes.length, true)
  view.setUint32(4, text.length, true)
  bytes.set(text, 8)
  bytes.set(block, columnsAt)
  return bytes
}

/** The columns of a part, one behind the other. */
export function encodeColumns(columns: AnswerColumn[]): Uint8Array<ArrayBuffer> {
  const planned = columns.map(column =>
    'whole' in column
      ? { items: column.whole, plan: planWhole(column.whole, 'answer') }
      : { items: column.floats, plan: planFloats(column.floats) },
  )
  const bytes = new Uint8Array(planned.reduce((sum, { plan }) => sum + columnBytes(plan.length), 0))
  const view = viewOf(bytes)
  let at = 0
  for (const { items, plan } of planned) at = writeColumn(view, at, items, plan)
  return bytes
}

/** The parts of a whole answer. Columns may be views of `answer`. Throws ProtocolError. */
export function* decodeParts(answer: Uint8Array): Generator<PartBytes> {
  const splitter = new PartSplitter()
  yield* splitter.push(answer)
  if (splitter.pending > 0) invalid('answer: its last part is cut.')
}

/** Takes an answer as it streams in, in pieces of any size, and gives each part as soon as it is whole. */
export class PartSplitter {
  #rest: Uint8Array = new Uint8Array(0)

  /** Bytes of a part that is not whole yet. */
  get pending(): number {
    return this.#rest.length
  }

  *push(piece: Uint8Array): Generator<PartBytes> {
    let bytes = this.#rest.length === 0 ? piece : joined(this.#rest, piece)
    this.#rest = bytes
    while (bytes.length >= 8) {
      const length = viewOf(bytes).getUint32(0, true)
      if (length < 8 || length % 8 !== 0) invalid(`answer: a part of ${length} bytes cannot be.`)
      if (length > bytes.length) break
      const part = bytes.subarray(0, length)
      bytes = bytes.subarray(length)
      this.#rest = bytes
      yield readPart(part)
    }
  }
}

function readPart(part: Uint8Array): PartBytes {
  const bytes = aligned(part)
  const length = viewOf(bytes).getUint32(4, true)
  if (length > bytes.length - 8) invalid(`answer: ${length} bytes of JSON reach beyond its part.`)
  const text = fromUtf8(bytes.subarray(8, 8 + length), 'answer')
  return { json: parse(text), columns: new ColumnReader(bytes, 8 + align8(length)) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return invalid('answer: the JSON of a part cannot be read.')
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length)
  bytes.set(a)
  bytes.set(b, a.length)
  return bytes
}
