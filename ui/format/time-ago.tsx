'use client'

import { useSyncExternalStore } from 'react'
import { formatMoment, formatRelative } from './moment'

let now = Date.now()
const readers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for all the words of a page. */
function subscribe(reader: () => void) {
  readers.add(reader)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of readers) each()
  }, 10_000)
  return () => {
    readers.delete(reader)
    if (readers.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** "12 min ago", with the moment itself on hover, in the reader's zone. */
export function TimeAgo({ at, className }: { at: number; className?: string }) {
  const current = useSyncExternalStore(
    subscribe,
    () => now,
    () => now,
  )
  return (
    <time dateTime={new Date(at).toISOString()} title={formatMoment(at)} className={className} suppressHydrationWarning>
      {formatRelative(at, Math.max(current, at))}
    </time>
  )
}
