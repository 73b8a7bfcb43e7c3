import { Check, TriangleAlert } from 'lucide-react'
import { formatCount } from '@/ui/format/number'
import { cn } from '@/ui/kit/cn'
import type { RouterOutputs } from '@/ui/trpc/client'

type Run = RouterOutputs['runs']['get']

/** Of all points that user code logged: how many are stored, and how many were refused. */
export function Receipt({ receipt, writers }: Pick<Run, 'receipt' | 'writers'>) {
  const { logged, stored, refused, pending } = receipt
  const whole = refused === 0 && pending === 0
  const users = writers.filter(writer => writer.kind === 'user')
  const closed = users.filter(writer => writer.closed).length
  const Icon = whole ? Check : TriangleAlert
  return (
    <span
      title={`Points that log() took, by writer: ${closed} of ${users.length} complete`}
      className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', whole ? 'text-ok' : 'text-warn')}
    >
      <Icon aria-hidden className="size-3.5" />
      <span>
        <b className="font-medium">{formatCount(stored)}</b> of {formatCount(logged)} stored{' '}
        <span className="text-ink-3">·</span> {formatCount(refused)} refused
        {pending > 0 ? (
          <>
            {' '}
            <span className="text-ink-3">·</span> {formatCount(pending)} on their way
          </>
        ) : null}
      </span>
    </span>
  )
}
