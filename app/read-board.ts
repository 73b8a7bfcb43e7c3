import { firstRuns, type RunsPage, type RunsView, runsAsked } from '@/ui/features/project/first-runs'
import type { Eyes } from '@/ui/features/project/shown-runs'
import { getQueryClient, trpc } from '@/ui/trpc/server'

type Place = { workspace: string; project: string }

/** The first page of runs and the keys of those on the board, so that the first picture has its final shape. */
export async function readBoard(place: Place, view: RunsView, eyes: Eyes): Promise<void> {
  const cache = getQueryClient()
  const asked = runsAsked(place, view)
  const page: RunsPage = await cache.fetchQuery(trpc.runs.list.queryOptions({ ...asked, cursor: null }))
  cache.setQueryData(trpc.runs.list.infiniteQueryKey(asked), { pages: [page], pageParams: [null] })
  const runs = firstRuns(page, eyes)
  if (runs.length > 0) await cache.prefetchQuery(trpc.metrics.keys.queryOptions({ runs }))
}
