'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { liveClient } from '@/ui/live/live-client'
import { useTRPC } from '@/ui/trpc/client'
import { gathered } from './gathered'

/** A receipt counts along while points come, without being asked for with each of them. */
const TOGETHER = 2000

/** Reads a run again when points of it have come. */
export function useLiveRun(run: string): void {
  const trpc = useTRPC()
  const client = useQueryClient()
  useEffect(() => {
    const read = gathered(client, TOGETHER)
    const stale = [trpc.runs.get.pathFilter()]
    const leave = liveClient().watchRun(run, { joined: () => {}, behind: () => read(stale), delta: () => read(stale) })
    return () => {
      leave()
      read.end()
    }
  }, [client, trpc, run])
}
