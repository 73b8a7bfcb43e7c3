'use client'

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC, useTRPCClient } from '@/ui/trpc/client'
import { type RunsView, runsAsked } from './first-runs'
import type { ProjectPlace } from './project-screen'

/** The runs of a project that the filter leaves, newest first, page after page; `key` is that of the number beside each. */
export function useRuns(place: ProjectPlace, view: RunsView) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const asked = runsAsked(place, view)
  const query = useInfiniteQuery({
    queryKey: trpc.runs.list.infiniteQueryKey(asked),
    queryFn: ({ pageParam, signal }) => client.runs.list.query({ ...asked, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  })
  const pages = query.data?.pages
  const runs = useMemo(() => pages?.flatMap(page => page.runs), [pages])
  return { runs, key: pages?.[0]?.key ?? view.key ?? null, query }
}
