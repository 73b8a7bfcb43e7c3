import type { Metadata } from 'next'
import { findMe, plain } from '@/app/open'
import { InvitedScreen } from '@/ui/features/entrance/invited-screen'
import { JoinScreen } from '@/ui/features/entrance/join-screen'
import { SpentInvitation } from '@/ui/features/entrance/spent-invitation'
import { codeOf } from '@/ui/trpc/error'
import { getQueryClient, trpc } from '@/ui/trpc/server'

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' }

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const token = plain((await params).token)
  const invitation = await findInvitation(token)
  if (!invitation) return <SpentInvitation />
  const me = await findMe()
  if (me)
    return <JoinScreen token={token} workspace={invitation.workspace} role={invitation.role} account={me.user.email} />
  return <InvitedScreen token={token} {...invitation} />
}

async function findInvitation(token: string) {
  try {
    return await getQueryClient().fetchQuery(trpc.members.invitation.queryOptions({ token }))
  } catch (error) {
    const code = codeOf(error)
    if (code === 'NOT_FOUND' || code === 'GONE' || code === 'INVALID') return null
    throw error
  }
}
