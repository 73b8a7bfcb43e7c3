import { formatCount } from '@/ui/format/number'
import { Table, Td, Th, Tr } from '@/ui/kit/table'
import type { RouterOutputs } from '@/ui/trpc/client'

type Items = RouterOutputs['runs']['get']['refusedItems']

/** What was not stored, and why; its neighbours were. */
export function RefusedItems({ items }: { items: Items }) {
  if (items.length === 0) return null
  return (
    <div className="-mx-2 mt-3 overflow-x-auto">
      <h4 className="t-small px-2 font-medium text-warn">Refused</h4>
      <Table>
        <thead>
          <tr>
            <Th>Key</Th>
            <Th>Why</Th>
            <Th numeric>First at step</Th>
            <Th numeric>Times</Th>
          </tr>
        </thead>
        <tbody>
          {items.map(item => (
            <Tr key={`${item.key} ${item.reason}`}>
              <Td className="max-w-40 truncate font-mono text-[11px]" title={item.key}>
                {item.key}
              </Td>
              <Td className="whitespace-normal text-ink-2">{item.reason}</Td>
              <Td numeric>{item.step === null ? '' : formatCount(item.step)}</Td>
              <Td numeric>{formatCount(item.count)}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}
