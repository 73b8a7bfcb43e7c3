'use client'

import { useSyncExternalStore } from 'react'
import { formatMoment, formatRelative } from './moment'

const STEP = 10_000

/** In steps, so that the server's words and the browser's first ones are the same. */
const read = () => Math.floor(Date.now() / STEP) * STEP

let now = read()
const readers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for all the words of a page. */
function subscribe(reader: () => void) {
  readers.add(reader)
  if (readers.size === 1) now = read()
  timer ??= setInterval(() => {
    now = read()
    for (const each of readers) each()
  }, STEP)
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
  const current = useSyncExternalStore(subscribe, () => now, read)
  return (
    <time dateTime={new Date(at).toISOString()} title={formatMoment(at)} className={className} suppressHydrationWarning>
      {formatRelative(at, at - current < STEP ? Math.max(current, at) : current)}
    </time>
  )
}
