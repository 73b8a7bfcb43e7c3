'use client'

import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '@/ui/trpc/client'
import { AccountForm } from './account-form'
import { EntranceFrame } from './entrance-frame'
import { SignInLink } from './sign-in-link'

export type InvitedScreenProps = {
  token: string
  workspace: string
  role: string
  email: string | null
  invitedBy: string | null
}

/** An invitation met by somebody who has no account, or is not signed in. */
export function InvitedScreen({ token, workspace, role, email, invitedBy }: InvitedScreenProps) {
  const trpc = useTRPC()
  const signUp = useMutation(trpc.account.signUp.mutationOptions())
  return (
    <EntranceFrame
      title={`Join ${workspace}`}
      lead={`${invitedBy ?? 'A member'} invites you as ${role}.`}
      foot={<SignInLink next={`/invite/${encodeURIComponent(token)}`} />}
    >
      <AccountForm
        act={`Join ${workspace}`}
        email={email ?? undefined}
        make={async account => {
          await signUp.mutateAsync({ ...account, invitation: token })
          return '/'
        }}
      />
    </EntranceFrame>
  )
}
