'use client'

import { isServer, type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { type ReactNode, useState } from 'react'
import { fromLossless, toLossless } from '@/protocol/lossless-json'
import type { AppRouter } from '@/server/doors/trpc/router'
import { makeQueryClient } from './query-client'

export type RouterInputs = inferRouterInputs<AppRouter>
export type RouterOutputs = inferRouterOutputs<AppRouter>

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

export { useTRPC, useTRPCClient }

let inBrowser: QueryClient | undefined

/** One for the life of the tab; on the server one for each rendering. */
function queryClientOfTab(): QueryClient {
  if (isServer) return makeQueryClient()
  inBrowser ??= makeQueryClient()
  return inBrowser
}

/** Server state for all below: TanStack Query, asking over tRPC. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const queryClient = queryClientOfTab()
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        httpBatchLink({
          maxItems: 20,
          url: '/api/trpc',
          maxURLLength: 4_000,
          transformer: { serialize: toLossless, deserialize: fromLossless },
        }),
      ],
    }),
  )
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  )
}
