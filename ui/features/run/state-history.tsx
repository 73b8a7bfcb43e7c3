import { TimeAgo } from '@/ui/format/time-ago'
import { RunState } from '@/ui/panels/run-state'
import type { RouterOutputs } from '@/ui/trpc/client'

type States = RouterOutputs['runs']['get']['states']

/** Every state the run was in, the present one first. */
export function StateHistory({ states }: { states: States }) {
  return (
    <ol className="t-small flex flex-col">
      {[...states].reverse().map(({ at, state, reason }) => (
        <li key={`${at} ${state}`} className="flex min-h-6 items-center gap-3">
          <RunState state={state} word />
          <span className="min-w-0 flex-1 truncate text-ink-3" title={reason ?? undefined}>
            {reason}
          </span>
          <TimeAgo at={at.getTime()} className="whitespace-nowrap text-ink-2" />
        </li>
      ))}
    </ol>
  )
}
