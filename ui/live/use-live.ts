'use client'

import { useSyncExternalStore } from 'react'
import type { LiveState } from './connection'
import { liveClient } from './live-client'

const atFirst: LiveState = { word: 'connecting', since: 0 }

/** What the line to the server is doing. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    listener => liveClient().connection.subscribe(listener),
    () => liveClient().connection.get(),
    () => atFirst,
  )
}
