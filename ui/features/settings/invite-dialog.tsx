'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/ui/kit/button'
import { Field } from '@/ui/kit/field'
import { Input } from '@/ui/kit/input'
import { useTRPC } from '@/ui/trpc/client'
import { MakeDialog } from './make-dialog'
import { type Role, rolesToGive } from './roles'
import { SelectField } from './select-field'
import { ShownOnce } from './shown-once'

export function InviteDialog({ workspace, may }: { workspace: string; may: readonly string[] }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [role, setRole] = useState<Role>('member')
  const invite = useMutation(
    trpc.members.invite.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.members.invitations.queryFilter({ workspace })),
    }),
  )
  const make = (fields: FormData) => {
    const email = String(fields.get('email')).trim()
    invite.mutate({ workspace, role, ...(email ? { email } : {}) })
  }
  return (
    <MakeDialog
      opener={<Button>Invite</Button>}
      title="Invite to the workspace"
      act="Make the link"
      pending={invite.isPending}
      made={
        invite.data ? (
          <ShownOnce label="Invitation link" secret={invite.data.url}>
            Send it to the person yourself. It works once and is not shown again.
          </ShownOnce>
        ) : null
      }
      onOpen={invite.reset}
      onMake={make}
    >
      <Field label="E-mail" hint="Empty: whoever has the link may join, once" error={invite.error?.message}>
        {wiring => <Input {...wiring} name="email" type="email" autoComplete="off" />}
      </Field>
      <SelectField label="Role" value={role} onChange={setRole} options={rolesToGive(may)} />
    </MakeDialog>
  )
}
