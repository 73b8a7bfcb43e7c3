import { openRun, type RunParams } from '@/app/open-run'
import { SystemScreen } from '@/ui/features/run/system-screen'
import { HydrateClient } from '@/ui/trpc/server'

export default async function Page({ params }: { params: RunParams }) {
  const { place } = await openRun(params)
  return (
    <HydrateClient>
      <SystemScreen place={place} />
    </HydrateClient>
  )
}
