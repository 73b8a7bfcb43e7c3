'use client'

import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '@/ui/trpc/client'
import { EntranceForm } from './entrance-form'
import { EntranceFrame } from './entrance-frame'

export type JoinScreenProps = { token: string; workspace: string; role: string; account: string }

/** An invitation met by somebody who is signed in. */
export function JoinScreen({ token, workspace, role, account }: JoinScreenProps) {
  const trpc = useTRPC()
  const accept = useMutation(trpc.members.accept.mutationOptions())
  return (
    <EntranceFrame title={`Join ${workspace}`} lead={`You are signed in as ${account} and join as ${role}.`}>
      <EntranceForm
        act={`Join ${workspace}`}
        onSubmit={async () => {
          const { slug } = await accept.mutateAsync({ token })
          window.location.assign(`/${slug}`)
        }}
      >
        {null}
      </EntranceForm>
    </EntranceFrame>
  )
}
