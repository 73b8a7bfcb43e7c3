'use client'

import { FaultScreen } from '@/ui/features/frame/fault-screen'

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <FaultScreen error={error} onRetry={reset} />
}
