import { open, ownAddress, plain } from '@/app/open'
import { Welcome } from '@/ui/features/welcome/welcome'
import { HomeScreen } from '@/ui/features/workspace/home-screen'
import { getQueryClient, HydrateClient, trpc } from '@/ui/trpc/server'

export default async function Home({ params }: { params: Promise<{ workspace: string }> }) {
  const workspace = plain((await params).workspace)
  const cache = getQueryClient()
  await open(() =>
    Promise.all([
      cache.fetchQuery(trpc.runs.latest.queryOptions({ workspace, state: 'running', limit: 50 })),
      cache.fetchQuery(trpc.runs.latest.queryOptions({ workspace, limit: 10 })),
      cache.fetchQuery(trpc.projects.list.queryOptions({ workspace })),
    ]),
  )
  return (
    <HydrateClient>
      <HomeScreen workspace={workspace} welcome={<Welcome workspace={workspace} host={await ownAddress()} />} />
    </HydrateClient>
  )
}
