'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/ui/kit/button'
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/ui/kit/dialog'
import { Field } from '@/ui/kit/field'
import { Input } from '@/ui/kit/input'
import { Select } from '@/ui/kit/select'
import { useTRPC } from '@/ui/trpc/client'
import type { Role } from './roles'
import { ShownOnce } from './shown-once'

const scopes = [
  { value: 'write', label: 'Write', note: 'log and read' },
  { value: 'read', label: 'Read', note: 'read only' },
  { value: 'admin', label: 'Admin', note: 'also delete' },
] as const
const spans = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: 'never', label: 'No end' },
] as const

/** A key can do no more than the person who makes it. */
const scopesOf = (role: Role) =>
  scopes.filter(({ value }) => value === 'read' || (value === 'write' ? role !== 'viewer' : /owner|admin/.test(role)))

type Scope = (typeof scopes)[number]['value']
type Span = (typeof spans)[number]['value']

export function NewKeyDialog({ workspace, role }: { workspace: string; role: Role }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const form = useId()
  const [open, setOpen] = useState(false)
  const [scope, setScope] = useState<Scope>(role === 'viewer' ? 'read' : 'write')
  const [span, setSpan] = useState<Span>('90')
  const make = useMutation(
    trpc.keys.make.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.keys.list.queryFilter({ workspace })),
    }),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    make.mutate({ workspace, name, scope, ...(span === 'never' ? {} : { days: Number(span) }) })
  }
  return (
    <Dialog
      open={open}
      onOpenChange={next => {
        setOpen(next)
        if (next) make.reset()
      }}
    >
      <DialogTrigger asChild>
        <Button look="main">New key</Button>
      </DialogTrigger>
      <DialogContent
        title="New key"
        footer={
          make.data ? (
            <DialogClose asChild>
              <Button>Done</Button>
            </DialogClose>
          ) : (
            <Button type="submit" form={form} look="main" disabled={make.isPending}>
              Make the key
            </Button>
          )
        }
      >
        {make.data ? (
          <ShownOnce label={make.data.name} secret={make.data.key}>
            Keep it now: only its hash is stored, and it is not shown again.
          </ShownOnce>
        ) : (
          <form id={form} onSubmit={submit} className="flex flex-col gap-3">
            <Field label="Name" hint="Where it is used: a machine, a script" error={make.error?.message}>
              {wiring => <Input {...wiring} name="name" required maxLength={100} autoFocus autoComplete="off" />}
            </Field>
            <div className="grid grid-cols-2 gap-3">
              <Field label="Scope">
                {wiring => (
                  <Select
                    id={wiring.id}
                    label="Scope"
                    value={scope}
                    onChange={setScope}
                    options={scopesOf(role)}
                    className="w-full"
                  />
                )}
              </Field>
              <Field label="Ends after">
                {wiring => (
                  <Select
                    id={wiring.id}
                    label="Ends after"
                    value={span}
                    onChange={setSpan}
                    options={spans}
                    className="w-full"
                  />
                )}
              </Field>
            </div>
          </form>
        )}
      </DialogContent>
    </Dialog>
  )
}
