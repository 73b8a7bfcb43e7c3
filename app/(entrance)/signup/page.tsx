import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { findMe } from '@/app/open'
import { FoundScreen } from '@/ui/features/entrance/found-screen'
import { SignUpScreen } from '@/ui/features/entrance/sign-up-screen'
import { getQueryClient, trpc } from '@/ui/trpc/server'

export const metadata: Metadata = { title: 'Make an account', referrer: 'no-referrer' }

export default async function Page({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const { token } = await searchParams
  if (await findMe()) redirect('/')
  const asked = trpc.account.entrance.queryOptions(token ? { token } : undefined)
  const { firstOwner, openSignUp } = await getQueryClient().fetchQuery(asked)
  if (firstOwner) return <FoundScreen token={token} />
  if (openSignUp) return <SignUpScreen />
  redirect('/login')
}
