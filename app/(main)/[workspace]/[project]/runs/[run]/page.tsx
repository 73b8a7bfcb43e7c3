import { openRun, type RunParams } from '@/app/open-run'
import { ChartsScreen } from '@/ui/features/run/charts-screen'
import { HydrateClient } from '@/ui/trpc/server'

export default async function Page({ params }: { params: RunParams }) {
  const { place } = await openRun(params)
  return (
    <HydrateClient>
      <ChartsScreen place={place} />
    </HydrateClient>
  )
}
