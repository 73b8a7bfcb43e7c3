import type { ReactNode } from 'react'
import { Table, Th } from '@/ui/kit/table'

export type SettingsTableProps = { columns: readonly string[]; children: ReactNode }

/**
 * A framed table whose last column holds what can be done with a row. It scrolls sideways where it is wider than the
 * screen; the last column stays in sight.
 */
export function SettingsTable({ columns, children }: SettingsTableProps) {
  return (
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard too
      tabIndex={0}
      className="relative overflow-x-auto rounded-lg border border-line bg-surface [&_tr:last-child>td]:border-b-0 max-md:[&_td:last-child]:sticky max-md:[&_td:last-child]:right-0 max-md:[&_td:last-child]:border-l max-md:[&_td:last-child]:bg-surface"
    >
      <Table>
        <thead>
          <tr>
            {columns.map(column => (
              <Th key={column}>{column}</Th>
            ))}
            <Th>
              <span className="sr-only">Acts</span>
            </Th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </Table>
    </div>
  )
}
