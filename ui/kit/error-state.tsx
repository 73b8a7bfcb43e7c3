'use client'

import { RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button'
import { cn } from './cn'
import { CopyButton } from './copy-button'

export type ErrorStateProps = {
  title: ReactNode
  children?: ReactNode
  requestId?: string | undefined
  onRetry?: (() => void) | undefined
  className?: string
}

/** What happened, what to do, and the request's id; the rest of the page goes on working. */
export function ErrorState({ title, children, requestId, onRetry, className }: ErrorStateProps) {
  return (
    <div role="alert" className={cn('t-small flex flex-1 flex-col items-start gap-1 px-3 py-2 text-ink-2', className)}>
      <b className="font-semibold text-ink">{title}</b>
      {children ? <span>{children}</span> : null}
      <span className="mt-2 flex gap-2">
        {onRetry ? (
          <Button size="small" onClick={onRetry}>
            <RotateCcw aria-hidden />
            Try again
          </Button>
        ) : null}
        {requestId ? (
          <CopyButton look="quiet" size="small" text={requestId}>
            Copy details
          </CopyButton>
        ) : null}
      </span>
      {requestId ? (
        <span className="t-micro mt-auto pb-1.5 text-ink-3">
          request <code>{requestId}</code>
        </span>
      ) : null}
    </div>
  )
}
