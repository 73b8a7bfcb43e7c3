import { openRun, type RunParams } from '@/app/open-run'
import { SystemScreen } from '@/ui/features/run/system-screen'
import { getQueryClient, HydrateClient, trpc } from '@/ui/trpc/server'

export default async function Page({ params }: { params: RunParams }) {
  const { place, run } = await openRun(params)
  await getQueryClient().prefetchQuery(trpc.metrics.keys.queryOptions({ runs: [run.run] }))
  return (
    <HydrateClient>
      <SystemScreen place={place} />
    </HydrateClient>
  )
}
