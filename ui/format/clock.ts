import { useSyncExternalStore } from 'react'

const SECOND = 1000
const readers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for all the words of a page. */
function subscribe(reader: () => void) {
  readers.add(reader)
  timer ??= setInterval(() => {
    for (const each of readers) each()
  }, SECOND)
  return () => {
    readers.delete(reader)
    if (readers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** Words about this moment, drawn again only when they change. */
export function useWordsOfNow(words: (now: number) => string): string {
  const read = () => words(Math.floor(Date.now() / SECOND) * SECOND)
  return useSyncExternalStore(subscribe, read, read)
}
