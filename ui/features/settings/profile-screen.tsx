'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { useTRPC } from '@/ui/trpc/client'
import { NameForm } from './name-form'
import { PasswordForm } from './password-form'
import { SessionsSection } from './sessions-section'

export function ProfileScreen() {
  const trpc = useTRPC()
  const { data: me } = useSuspenseQuery(trpc.account.me.queryOptions())
  return (
    <>
      <NameForm name={me.user.name} email={me.user.email} />
      {me.user.hasPassword ? <PasswordForm email={me.user.email} /> : null}
      <SessionsSection />
    </>
  )
}
