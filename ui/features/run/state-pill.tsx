import { Elapsed } from '@/ui/format/elapsed'
import { Badge } from '@/ui/kit/badge'
import { StateIcon } from '@/ui/kit/state-icon'
import { stateLook } from '@/ui/panels/run-state'
import type { RouterOutputs } from '@/ui/trpc/client'

type Run = RouterOutputs['runs']['get']

const tones = { ok: 'ok', quiet: 'fill', warn: 'warn', bad: 'bad' } as const

/** State in a word, how long it lasted, and why it is so. */
export function StatePill({ run }: { run: Run }) {
  const look = stateLook(run.state)
  return (
    <>
      <Badge shape="pill" tone={tones[look.tone]} title={look.means}>
        <StateIcon shape={look.shape} tone={look.tone} />
        <span>
          {look.word}, <Elapsed from={run.startedAt.getTime()} to={run.endedAt ? run.endedAt.getTime() : null} />
        </span>
      </Badge>
      {run.stateReason ? <span className="t-small truncate text-ink-3">{run.stateReason}</span> : null}
    </>
  )
}
