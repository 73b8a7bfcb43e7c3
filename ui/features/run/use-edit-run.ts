'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from '@/ui/kit/toaster'
import { useTRPC } from '@/ui/trpc/client'
import type { RunPlace } from './run-header'

export type RunEdit = { name?: string; tags?: string[]; notes?: string }

/** Edits shown at once, and undone with the reason if refused. */
export function useEditRun(place: RunPlace): (edit: RunEdit) => void {
  const trpc = useTRPC()
  const client = useQueryClient()
  const { queryKey } = trpc.runs.get.queryOptions(place)
  const { mutate } = useMutation(
    trpc.runs.edit.mutationOptions({
      onMutate: async ({ name, tags, notes }) => {
        await client.cancelQueries({ queryKey })
        const before = client.getQueryData(queryKey)
        const edit = {
          ...(name !== undefined && { name }),
          ...(tags && { tags }),
          ...(notes !== undefined && { notes }),
        }
        client.setQueryData(queryKey, run => run && { ...run, ...edit })
        return { before }
      },
      onError: (error, _, kept) => {
        client.setQueryData(queryKey, kept?.before)
        toast.error(error.message)
      },
      onSettled: () => client.invalidateQueries({ queryKey }),
    }),
  )
  return edit => mutate({ ...place, ...edit })
}
