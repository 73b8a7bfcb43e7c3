import { getQueryClient, trpc } from '@/ui/trpc/server'
import { open, plain } from './open'

export type RunParams = Promise<{ workspace: string; project: string; run: string }>

/** The run that an address names; each page of it asks anew, in one cache of the rendering. */
export async function openRun(params: RunParams) {
  const asked = await params
  const place = { workspace: plain(asked.workspace), project: plain(asked.project), run: plain(asked.run) }
  const run = await open(() => getQueryClient().fetchQuery(trpc.runs.get.queryOptions(place)))
  return { place, run }
}
