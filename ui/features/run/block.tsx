import type { ReactNode } from 'react'

export type BlockProps = { title: string; count?: number; empty?: string; action?: ReactNode; children: ReactNode }

/** One matter of the overview in its frame. */
export function Block({ title, count, empty, action, children }: BlockProps) {
  return (
    <section aria-label={title} className="min-w-0 rounded-lg border border-line bg-surface px-4 pb-3">
      <header className="flex h-9 items-center gap-1.5">
        <h3 className="t-small font-semibold">{title}</h3>
        {count ? <span className="t-small text-ink-3">{count}</span> : null}
        <span className="flex-1" />
        {action}
      </header>
      {count === 0 && empty ? <p className="t-small text-ink-3">{empty}</p> : children}
    </section>
  )
}
