import Link from 'next/link'
import { runColor } from '@/ui/charts/line'
import { Elapsed } from '@/ui/format/elapsed'
import { formatNumber } from '@/ui/format/number'
import { TimeAgo } from '@/ui/format/time-ago'
import { cn } from '@/ui/kit/cn'
import { Swatch } from '@/ui/kit/swatch'
import { Table, Td, Th, Tr } from '@/ui/kit/table'
import { RunState } from '@/ui/panels/run-state'
import type { RouterOutputs } from '@/ui/trpc/client'

/** A narrow screen keeps what tells runs apart. */
const WIDE = 'max-md:hidden'

type HomeRun = RouterOutputs['runs']['latest'][number]

export function RunTable({ workspace, runs }: { workspace: string; runs: readonly HomeRun[] }) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface [&_tr:last-child>td]:border-b-0">
      <Table>
        <thead>
          <tr>
            <Th>Run</Th>
            <Th>State</Th>
            <Th className={WIDE}>Project</Th>
            <Th className={WIDE}>By</Th>
            <Th className={WIDE} numeric>
              Value
            </Th>
            <Th className={WIDE} numeric>
              Time
            </Th>
            <Th numeric>Started</Th>
          </tr>
        </thead>
        <tbody>
          {runs.map(run => (
            <Row key={run.run} workspace={workspace} run={run} />
          ))}
        </tbody>
      </Table>
    </div>
  )
}

function Row({ workspace, run }: { workspace: string; run: HomeRun }) {
  const project = `/${workspace}/${run.project.slug}`
  return (
    <Tr className="relative">
      <Td className="h-9 max-w-[36ch] max-md:max-w-[18ch]">
        <span className="flex items-center gap-2">
          <Swatch color={runColor(run.ordinal)} />
          <Link
            href={`${project}/runs/${encodeURIComponent(run.id)}`}
            prefetch={false}
            title={run.name}
            className="truncate font-medium after:absolute after:inset-0 hover:underline"
          >
            {run.name}
          </Link>
        </span>
      </Td>
      <Td>
        <RunState state={run.state} word />
      </Td>
      <Td className={cn(WIDE, 'max-w-[24ch] truncate')}>
        <Link href={project} prefetch={false} className="relative z-10 text-ink-2 hover:underline">
          {run.project.name}
        </Link>
      </Td>
      <Td className={cn(WIDE, 'text-ink-2')}>{run.createdBy?.name}</Td>
      <Td numeric className={WIDE}>
        {run.number ? (
          <span title={`${run.number.statistic} ${run.number.key}`}>
            <span className="mr-2 font-mono text-[11px] text-ink-3">
              {run.number.statistic === 'last' ? '' : `${run.number.statistic} `}
              {run.number.key}
            </span>
            {formatNumber(run.number.value)}
          </span>
        ) : null}
      </Td>
      <Td numeric className={cn(WIDE, 'text-ink-2')}>
        <Elapsed from={run.startedAt.getTime()} to={run.endedAt ? run.endedAt.getTime() : null} />
      </Td>
      <Td numeric className="text-ink-2">
        <TimeAgo at={run.startedAt.getTime()} />
      </Td>
    </Tr>
  )
}
