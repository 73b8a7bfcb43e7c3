import 'server-only'

import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { headers } from 'next/headers'
import { cache, type ReactNode } from 'react'
import { askedByPerson } from '@/server/doors/trpc/asked-by'
import { appRouter } from '@/server/doors/trpc/router'
import { house } from '@/server/house'
import { makeQueryClient } from './query-client'

/** The cache of one rendering; what it fetched goes along to the browser. */
export const getQueryClient = cache(makeQueryClient)

/** The same procedures as in the browser, called in process as whoever asked for the page. */
export const trpc = createTRPCOptionsProxy({
  ctx: cache(async () => {
    // First: asking for headers tells Next, at build time, that this page is made anew for everybody.
    const asking = { headers: await headers() }
    return askedByPerson(house(), asking)
  }),
  router: appRouter,
  queryClient: getQueryClient,
})

export function HydrateClient({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(getQueryClient())}>{children}</HydrationBoundary>
}
