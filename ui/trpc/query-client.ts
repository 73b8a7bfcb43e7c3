import { QueryClient } from '@tanstack/react-query'
import { codeOf } from './error'

/** No use trying again: the same question gets the same answer. */
const final = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'GONE', 'INVALID', 'CONFLICT'])

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What the server rendered is not asked for again at once; afterwards the live door says what has changed.
        staleTime: 30_000,
        retry: (failures, error) => failures < 3 && !final.has(codeOf(error) ?? ''),
      },
    },
  })
}
