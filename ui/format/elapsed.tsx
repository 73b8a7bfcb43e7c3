'use client'

import { useWordsOfNow } from './clock'
import { formatDuration } from './duration'

/** How long from `from` to `to`, or until now while it goes on: the words count, nothing is read for them. */
export function Elapsed({ from, to }: { from: number; to?: number | null | undefined }) {
  const words = useWordsOfNow(now => formatDuration(Math.max(1000, (to ?? now) - from)))
  return <span suppressHydrationWarning>{words}</span>
}
