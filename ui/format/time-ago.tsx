'use client'

import { useWordsOfNow } from './clock'
import { formatMoment, formatRelative } from './moment'

/** Clocks of two machines differ by a little: what came from one of them just now is not to come. */
const CLOSE = 10_000

/** "12 min ago", with the moment itself on hover, in the reader's zone. */
export function TimeAgo({ at, className }: { at: number; className?: string }) {
  const words = useWordsOfNow(now => formatRelative(at, at - now < CLOSE ? Math.max(now, at) : now))
  return (
    <time dateTime={new Date(at).toISOString()} title={formatMoment(at)} className={className} suppressHydrationWarning>
      {words}
    </time>
  )
}
