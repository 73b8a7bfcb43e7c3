import type { Metadata } from 'next'
import { open, plain } from '@/app/open'
import { MembersScreen } from '@/ui/features/settings/members-screen'
import { getQueryClient, HydrateClient, trpc } from '@/ui/trpc/server'

export const metadata: Metadata = { title: 'Members' }

export default async function Page({ params }: { params: Promise<{ workspace: string }> }) {
  const workspace = plain((await params).workspace)
  const cache = getQueryClient()
  await open(async () => {
    const { may } = await cache.fetchQuery(trpc.workspaces.get.queryOptions({ workspace }))
    await cache.fetchQuery(trpc.members.list.queryOptions({ workspace }))
    if (may.includes('members.edit')) await cache.fetchQuery(trpc.members.invitations.queryOptions({ workspace }))
  })
  return (
    <HydrateClient>
      <MembersScreen workspace={workspace} />
    </HydrateClient>
  )
}
