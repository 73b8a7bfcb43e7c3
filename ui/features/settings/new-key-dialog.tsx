'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/ui/kit/button'
import { Field } from '@/ui/kit/field'
import { Input } from '@/ui/kit/input'
import { useTRPC } from '@/ui/trpc/client'
import { MakeDialog } from './make-dialog'
import type { Role } from './roles'
import { SelectField } from './select-field'
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
  const [scope, setScope] = useState<Scope>(role === 'viewer' ? 'read' : 'write')
  const [span, setSpan] = useState<Span>('90')
  const make = useMutation(
    trpc.keys.make.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.keys.list.queryFilter({ workspace })),
    }),
  )
  const submit = (fields: FormData) => {
    const name = String(fields.get('name')).trim()
    make.mutate({ workspace, name, scope, ...(span === 'never' ? {} : { days: Number(span) }) })
  }
  return (
    <MakeDialog
      opener={<Button look="main">New key</Button>}
      title="New key"
      act="Make the key"
      pending={make.isPending}
      made={
        make.data ? (
          <ShownOnce label={make.data.name} secret={make.data.key}>
            Keep it now: only its hash is stored, and it is not shown again.
          </ShownOnce>
        ) : null
      }
      onOpen={make.reset}
      onMake={submit}
    >
      <Field label="Name" hint="Where it is used: a machine, a script" error={make.error?.message}>
        {wiring => <Input {...wiring} name="name" required maxLength={100} autoFocus autoComplete="off" />}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <SelectField label="Scope" value={scope} onChange={setScope} options={scopesOf(role)} />
        <SelectField label="Ends after" value={span} onChange={setSpan} options={spans} />
      </div>
    </MakeDialog>
  )
}
