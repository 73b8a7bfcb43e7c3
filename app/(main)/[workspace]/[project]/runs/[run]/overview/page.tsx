import { openRun, type RunParams } from '@/app/open-run'
import { OverviewScreen } from '@/ui/features/run/overview-screen'
import { HydrateClient } from '@/ui/trpc/server'

export default async function Page({ params }: { params: RunParams }) {
  const { place } = await openRun(params)
  return (
    <HydrateClient>
      <OverviewScreen place={place} />
    </HydrateClient>
  )
}
