import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { findMe } from '@/app/open'
import { safeNext } from '@/ui/features/entrance/sign-in'
import { SignInScreen } from '@/ui/features/entrance/sign-in-screen'
import { getQueryClient, trpc } from '@/ui/trpc/server'

export const metadata: Metadata = { title: 'Sign in' }

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | undefined>> }) {
  const { next, callbackUrl, error } = await searchParams
  if (await findMe()) redirect(safeNext(next))
  const entrance = await getQueryClient().fetchQuery(trpc.account.entrance.queryOptions())
  if (entrance.firstOwner) redirect('/signup')
  return (
    <SignInScreen
      next={next ?? callbackUrl}
      providers={entrance.providers}
      openSignup={entrance.openSignUp}
      failed={error !== undefined}
    />
  )
}
