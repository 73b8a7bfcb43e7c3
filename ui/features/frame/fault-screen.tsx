'use client'

import { ErrorState } from '@/ui/kit/error-state'
import { requestIdOf } from '@/ui/trpc/error'

export type FaultScreenProps = { error: Error & { digest?: string }; onRetry: () => void }

/** A page that could not be drawn. What was logged is not touched by it. */
export function FaultScreen({ error, onRetry }: FaultScreenProps) {
  return (
    <div className="flex flex-1 items-center justify-center bg-surface p-6">
      <div className="w-full max-w-[420px]">
        <ErrorState
          title="This page could not be read"
          requestId={requestIdOf(error) ?? error.digest}
          onRetry={onRetry}
        >
          The server gave no answer, or one that was not expected. What your runs have logged is stored; only this
          reading failed.
        </ErrorState>
      </div>
    </div>
  )
}
