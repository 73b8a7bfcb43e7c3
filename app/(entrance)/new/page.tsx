import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { findMe } from '@/app/open'
import { NewWorkspaceScreen } from '@/ui/features/entrance/new-workspace-screen'

export const metadata: Metadata = { title: 'New workspace' }

export default async function Page() {
  const me = await findMe()
  if (!me) redirect('/login?next=%2Fnew')
  return <NewWorkspaceScreen first={me.workspaces.length === 0} />
}
