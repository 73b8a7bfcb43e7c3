/** live: points come as they are written · reconnecting: since a moment · stale: for long enough to say since when. */
export type LiveState = {
  readonly word: 'connecting' | 'live' | 'reconnecting' | 'stale'
  /** When it became so, or for `stale` when the line was lost (ms). */
  readonly since: number
}

/** A line that is away for less than this is not worth a worry. */
const PATIENCE = 10_000

/** What the badge shows, from what the socket says. */
export function createConnection() {
  let state: LiveState = { word: 'connecting', since: Date.now() }
  let worry: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()

  const become = (next: LiveState) => {
    state = next
    for (const listener of listeners) listener()
  }

  return {
    get: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    up: () => {
      clearTimeout(worry)
      become({ word: 'live', since: Date.now() })
    },
    down: () => {
      if (state.word === 'reconnecting' || state.word === 'stale') return
      const since = Date.now()
      become({ word: 'reconnecting', since })
      clearTimeout(worry)
      worry = setTimeout(() => become({ word: 'stale', since }), PATIENCE)
    },
  }
}
