'use client'

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '@/ui/trpc/client'
import type { ProjectPlace } from './project-screen'

const PAGE = 100

/** The runs of a project, newest first, page after page; `key` is that of the number beside each. */
export function useRuns(place: ProjectPlace, key: string | null) {
  const trpc = useTRPC()
  const query = useInfiniteQuery(
    trpc.runs.list.infiniteQueryOptions(
      { ...place, limit: PAGE, ...(key ? { key } : {}) },
      { getNextPageParam: page => page.next ?? undefined, placeholderData: keepPreviousData },
    ),
  )
  const pages = query.data?.pages
  const runs = useMemo(() => pages?.flatMap(page => page.runs), [pages])
  return { runs, key: pages?.[0]?.key ?? key, query }
}
