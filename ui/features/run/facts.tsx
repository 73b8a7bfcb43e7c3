import type { ReactNode } from 'react'
import { cn } from '@/ui/kit/cn'

export type Fact = { name: ReactNode; value: ReactNode; title?: string }

/** Names at the left in monospace, values at the right. */
export function Facts({ facts, className }: { facts: readonly Fact[]; className?: string }) {
  return (
    <dl className={cn('t-small grid grid-cols-[minmax(0,1fr)_minmax(0,auto)] gap-x-3', className)}>
      {facts.map(({ name, value, title }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts are drawn in a fixed order
        <div key={at} className="contents">
          <dt className="truncate font-mono text-[11px] text-ink-2 leading-6">{name}</dt>
          <dd title={title} className="min-h-6 min-w-0 max-w-[28ch] truncate text-right leading-6">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}
