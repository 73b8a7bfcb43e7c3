import type { Metadata } from 'next'
import { open, plain } from '@/app/open'
import { KeysScreen } from '@/ui/features/settings/keys-screen'
import { getQueryClient, HydrateClient, trpc } from '@/ui/trpc/server'

export const metadata: Metadata = { title: 'Keys' }

export default async function Page({ params }: { params: Promise<{ workspace: string }> }) {
  const workspace = plain((await params).workspace)
  const cache = getQueryClient()
  await open(() =>
    Promise.all([
      cache.fetchQuery(trpc.workspaces.get.queryOptions({ workspace })),
      cache.fetchQuery(trpc.keys.list.queryOptions({ workspace })),
    ]),
  )
  return (
    <HydrateClient>
      <KeysScreen workspace={workspace} />
    </HydrateClient>
  )
}
