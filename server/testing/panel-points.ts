import { ColumnReader } from '../../protocol/column.ts'

/** The points of a series of a panel, out of the columns that go to the asker; xs where x is another key. */
export function pointsOf({ n, body, hasXs = false }: { n: number; body: Uint8Array; hasXs?: boolean }) {
  const columns = new ColumnReader(body, 0)
  const points = {
    steps: columns.whole(n, 'steps'),
    times: columns.whole(n, 'times'),
    values: columns.floats(n, 'values'),
  }
  return { ...points, xs: hasXs ? columns.floats(n, 'xs') : undefined }
}
