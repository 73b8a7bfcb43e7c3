import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { ColumnReader, columnBytes, planWhole, writeColumn } from '../../../protocol/column.ts'

/** Whole numbers (steps or times) as one column of protocol/frame.md, raw deflate. */
export function packWhole(items: Float64Array): Buffer {
  const plan = planWhole(items)
  const bytes = new Uint8Array(columnBytes(plan.length))
  writeColumn(new DataView(bytes.buffer), 0, items, plan)
  return deflateRawSync(bytes, { level: 6 })
}

export function unpackWhole(body: Uint8Array, n: number): Float64Array {
  const bytes = inflateRawSync(body, { maxOutputLength: columnBytes(8 * n) })
  return new ColumnReader(new Uint8Array(bytes), 0).whole(n, 'axis')
}
