import { formatCount } from '@/ui/format/number'
import { TimeAgo } from '@/ui/format/time-ago'
import { Table, Td, Th, Tr } from '@/ui/kit/table'
import type { RouterOutputs } from '@/ui/trpc/client'

type Run = RouterOutputs['runs']['get']

/** What each writer logged and what of it is durable. */
export function ReceiptTable({ run }: { run: Pick<Run, 'receipt' | 'writers'> }) {
  const { logged, stored, refused, pending } = run.receipt
  return (
    <>
      <p className="t-small text-ink-2">
        <b className="font-medium text-ink">{formatCount(stored)}</b> of {formatCount(logged)} points stored,{' '}
        {formatCount(refused)} refused, {formatCount(pending)} on their way.
      </p>
      {run.writers.length > 0 ? (
        <div className="-mx-2 mt-1 overflow-x-auto">
          <Table>
            <thead>
              <tr>
                <Th>Writer</Th>
                <Th>Host</Th>
                <Th numeric>Points</Th>
                <Th numeric>Refused</Th>
                <Th numeric>Last word</Th>
              </tr>
            </thead>
            <tbody>
              {run.writers.map(writer => (
                <Tr key={writer.no}>
                  <Td>{nameOf(writer)}</Td>
                  <Td className="text-ink-2">{writer.host}</Td>
                  <Td numeric>{formatCount(writer.stored)}</Td>
                  <Td numeric>{formatCount(writer.refused)}</Td>
                  <Td numeric className="text-ink-2">
                    {writer.closed ? 'complete' : <TimeAgo at={writer.beatAt.getTime()} />}
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        </div>
      ) : null}
    </>
  )
}

function nameOf(writer: Run['writers'][number]): string {
  if (writer.kind === 'telemetry') return 'telemetry'
  const labels = Object.entries(writer.labels).map(([name, value]) => `${name} ${value}`)
  return labels.join(', ') || 'script'
}
