'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Change, liveClient } from '@/ui/live/live-client'
import { useTRPC } from '@/ui/trpc/client'
import { gathered } from './gathered'

/** Many runs may change at once: the first change is read at once, what follows together. */
const TOGETHER = 400

/** The page was made a moment ago: what the watch asks for as it begins waits until the panels have been read. */
const AT_FIRST = 1500

/** Reads again what a change in these projects makes old: also when the watch begins to hold, at first and after a break. */
export function useLiveProjects(projects: readonly string[]): void {
  const trpc = useTRPC()
  const client = useQueryClient()
  const ids = projects.join(' ')
  useEffect(() => {
    const live = liveClient()
    const all = [trpc.runs.pathFilter(), trpc.projects.pathFilter(), trpc.metrics.keys.pathFilter()]
    const stale = {
      run: [trpc.runs.pathFilter(), trpc.projects.pathFilter()],
      runs: [...all, trpc.annotations.pathFilter()],
      keys: all,
      annotations: [trpc.annotations.pathFilter()],
      members: [{}],
    }
    const read = gathered(client, TOGETHER)
    const settled = performance.now() + AT_FIRST
    const timers = new Set<ReturnType<typeof setTimeout>>()
    const changed = ({ what }: Change) => {
      const early = settled - performance.now()
      if (early <= 0) return read(stale[what])
      timers.add(setTimeout(() => read(stale[what]), early))
    }
    const leave = ids ? ids.split(' ').map(id => live.watchProject(id, changed)) : []
    return () => {
      for (const timer of timers) clearTimeout(timer)
      read.end()
      for (const each of leave) each()
    }
  }, [client, trpc, ids])
}
