import type { Metadata } from 'next'
import { open } from '@/app/open'
import { ProfileScreen } from '@/ui/features/settings/profile-screen'
import { getQueryClient, HydrateClient, trpc } from '@/ui/trpc/server'

export const metadata: Metadata = { title: 'Profile' }

export default async function Page() {
  const cache = getQueryClient()
  await open(() =>
    Promise.all([
      cache.fetchQuery(trpc.account.me.queryOptions()),
      cache.fetchQuery(trpc.account.sessions.queryOptions()),
    ]),
  )
  return (
    <HydrateClient>
      <ProfileScreen />
    </HydrateClient>
  )
}
