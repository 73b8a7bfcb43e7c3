'use client'

import { useSyncExternalStore } from 'react'
import { formatDuration } from './duration'

const readers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(reader: () => void) {
  readers.add(reader)
  timer ??= setInterval(() => {
    for (const each of readers) each()
  }, 1000)
  return () => {
    readers.delete(reader)
    if (readers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

const second = () => Math.floor(Date.now() / 1000) * 1000

/** How long from `from` to `to`, or until now while it goes on: the words count, nothing is read for them. */
export function Elapsed({ from, to }: { from: number; to?: number | null | undefined }) {
  const now = useSyncExternalStore(subscribe, second, second)
  return <span suppressHydrationWarning>{formatDuration(Math.max(1000, (to ?? now) - from))}</span>
}
