'use client'

import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '@/ui/trpc/client'
import { AccountForm } from './account-form'
import { EntranceFrame } from './entrance-frame'
import { SignInLink } from './sign-in-link'

/** Where the server lets anybody make an account. */
export function SignUpScreen() {
  const trpc = useTRPC()
  const signUp = useMutation(trpc.account.signUp.mutationOptions())
  return (
    <EntranceFrame
      title="Make an account"
      lead="Then make a workspace, or join one by its invitation."
      foot={<SignInLink next="/" />}
    >
      <AccountForm
        act="Make the account"
        make={async account => {
          await signUp.mutateAsync(account)
          return '/'
        }}
      />
    </EntranceFrame>
  )
}
