'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/ui/kit/button'
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/ui/kit/dialog'
import { Field } from '@/ui/kit/field'
import { Input } from '@/ui/kit/input'
import { Select } from '@/ui/kit/select'
import { useTRPC } from '@/ui/trpc/client'
import { type Role, rolesToGive } from './roles'
import { ShownOnce } from './shown-once'

export function InviteDialog({ workspace, may }: { workspace: string; may: readonly string[] }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const form = useId()
  const [open, setOpen] = useState(false)
  const [role, setRole] = useState<Role>('member')
  const invite = useMutation(
    trpc.members.invite.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.members.invitations.queryFilter({ workspace })),
    }),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const email = String(new FormData(event.currentTarget).get('email')).trim()
    invite.mutate({ workspace, role, ...(email ? { email } : {}) })
  }
  const made = invite.data
  return (
    <Dialog
      open={open}
      onOpenChange={next => {
        setOpen(next)
        if (next) invite.reset()
      }}
    >
      <DialogTrigger asChild>
        <Button>Invite</Button>
      </DialogTrigger>
      <DialogContent
        title="Invite to the workspace"
        footer={
          made ? (
            <DialogClose asChild>
              <Button>Done</Button>
            </DialogClose>
          ) : (
            <Button type="submit" form={form} look="main" disabled={invite.isPending}>
              Make the link
            </Button>
          )
        }
      >
        {made ? (
          <ShownOnce label="Invitation link" secret={made.url}>
            Send it to the person yourself. It works once and is not shown again.
          </ShownOnce>
        ) : (
          <form id={form} onSubmit={submit} className="flex flex-col gap-3">
            <Field label="E-mail" hint="Empty: whoever has the link may join, once" error={invite.error?.message}>
              {wiring => <Input {...wiring} name="email" type="email" autoComplete="off" />}
            </Field>
            <Field label="Role">
              {wiring => (
                <Select
                  id={wiring.id}
                  label="Role"
                  value={role}
                  onChange={setRole}
                  options={rolesToGive(may)}
                  className="w-full"
                />
              )}
            </Field>
          </form>
        )}
      </DialogContent>
    </Dialog>
  )
}
