'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { liveClient } from '@/ui/live/live-client'
import { useTRPC } from '@/ui/trpc/client'

/** Points of a key that the board does not know make it read the keys again. */
export function useNewKeys(runs: readonly string[], known: readonly { key: string }[] | undefined): void {
  const trpc = useTRPC()
  const client = useQueryClient()
  const keys = useRef<Set<string>>(new Set())
  useEffect(() => {
    keys.current = new Set(known?.map(each => each.key))
  }, [known])
  useEffect(() => {
    const read = () => client.invalidateQueries(trpc.metrics.keys.pathFilter())
    const leave = runs.map(run =>
      liveClient().watchRun(run, {
        joined: () => {},
        behind: read,
        delta: ({ series }) => {
          const fresh = series.filter(({ key }) => !keys.current.has(key))
          for (const { key } of fresh) keys.current.add(key)
          if (fresh.length > 0) read()
        },
      }),
    )
    return () => {
      for (const each of leave) each()
    }
  }, [client, trpc, runs])
}
