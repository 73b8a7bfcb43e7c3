import { formatNumber } from '@/ui/format/number'
import { Table, Td, Th, Tr } from '@/ui/kit/table'
import type { ChartLine, XKind } from './line'
import { sayX } from './x-words'

/** Rows are taken evenly beyond this many. */
const MOST = 200

/** A chart's data as a table: one row a point, its last points included. */
export function ChartTable({ title, lines, kind }: { title: string; lines: readonly ChartLine[]; kind: XKind }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={`${title}, as a table`} tabIndex={0} className="min-h-0 flex-1 overflow-auto px-3">
      <Table>
        <thead className="sticky top-0 bg-surface">
          <tr>
            <Th>Line</Th>
            <Th numeric>{kind === 'step' ? 'Step' : 'Time'}</Th>
            <Th numeric>Value</Th>
          </tr>
        </thead>
        <tbody>
          {lines.flatMap(line =>
            rowsOf(line).map(at => (
              <Tr key={`${line.id}:${at}`}>
                <Td>{line.name}</Td>
                <Td numeric>{sayX(kind, line.xs[at] as number).replace('step ', '')}</Td>
                <Td numeric>{formatNumber((line.raw ?? line.ys)[at] as number, 6)}</Td>
              </Tr>
            )),
          )}
        </tbody>
      </Table>
    </section>
  )
}

function rowsOf({ xs }: ChartLine): number[] {
  const n = xs.length
  if (n <= MOST) return Array.from({ length: n }, (_, i) => i)
  return Array.from({ length: MOST }, (_, i) => Math.round((i * (n - 1)) / (MOST - 1)))
}
