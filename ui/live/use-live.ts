'use client'

import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { LiveState } from './connection'
import { type Change, liveClient } from './live-client'

const atFirst: LiveState = { word: 'connecting', since: 0 }

/** What the line to the server is doing. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    listener => liveClient().connection.subscribe(listener),
    () => liveClient().connection.get(),
    () => atFirst,
  )
}

/** Calls `onChange` when a run, the list of runs or the members of the project change. */
export function useProjectChanges(project: string | null, onChange: (change: Change) => void): void {
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  useEffect(() => {
    if (project === null) return
    return liveClient().watchProject(project, change => latest.current(change))
  }, [project])
}
