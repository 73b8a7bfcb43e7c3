import { redirect } from 'next/navigation'
import { getQueryClient, trpc } from '@/ui/trpc/server'
import { findMe } from './open'

/** The reader's first workspace, or the way in. */
export default async function Page() {
  const me = await findMe()
  if (me) redirect(me.workspaces[0] ? `/${me.workspaces[0].slug}` : '/new')
  const { firstOwner } = await getQueryClient().fetchQuery(trpc.account.entrance.queryOptions())
  redirect(firstOwner ? '/signup' : '/login')
}
