import type { ReactNode } from 'react'
import { cn } from './cn'

export type EmptyStateProps = { title: ReactNode; children?: ReactNode; action?: ReactNode; className?: string }

/** One sentence on what belongs here, and the exact code or click that fills it. */
export function EmptyState({ title, children, action, className }: EmptyStateProps) {
  return (
    <div className={cn('px-10 py-7 text-ink-2', className)}>
      <h2 className="t-page text-ink">{title}</h2>
      {children ? <div className="mt-1 max-w-prose">{children}</div> : null}
      {action ? <div className="mt-4">{action}</div> : null}
    </div>
  )
}
