'use client'

import { useQueryClient } from '@tanstack/react-query'
import { toast } from '@/ui/kit/toaster'

type Told = { done?: string; stale?: readonly { queryKey: readonly unknown[] }[] }

/** What every change of a setting does afterwards: reads again what it touched, and says what happened. */
export function useTold() {
  const client = useQueryClient()
  return ({ done, stale = [] }: Told) => ({
    onSuccess: async () => {
      await Promise.all(stale.map(({ queryKey }) => client.invalidateQueries({ queryKey })))
      if (done) toast.success(done)
    },
    onError: (error: { message: string }) => {
      toast.error(error.message)
    },
  })
}
