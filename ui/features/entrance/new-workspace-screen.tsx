'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Field } from '@/ui/kit/field'
import { Input } from '@/ui/kit/input'
import { useTRPC } from '@/ui/trpc/client'
import { EntranceForm } from './entrance-form'
import { EntranceFrame } from './entrance-frame'

/** The address that a name suggests. */
function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 39)
}

export function NewWorkspaceScreen({ first }: { first: boolean }) {
  const trpc = useTRPC()
  const create = useMutation(trpc.workspaces.create.mutationOptions())
  const [name, setName] = useState('')
  const [slug, setSlug] = useState<string>()
  return (
    <EntranceFrame
      title={first ? 'Create your workspace' : 'New workspace'}
      lead="Its members, keys, projects and runs are its own."
    >
      <EntranceForm
        act="Create the workspace"
        onSubmit={async () => {
          const made = await create.mutateAsync({ name, slug: slug ?? slugOf(name) })
          window.location.assign(`/${made.slug}`)
        }}
      >
        <Field label="Name">
          {wiring => (
            <Input
              {...wiring}
              value={name}
              onChange={event => setName(event.target.value)}
              required
              maxLength={100}
              autoFocus
              autoComplete="off"
              className="h-9 px-2.5"
            />
          )}
        </Field>
        <Field label="Address" hint="2 to 39 of a-z, 0-9 and -, in every link">
          {wiring => (
            <Input
              {...wiring}
              value={slug ?? slugOf(name)}
              onChange={event => setSlug(event.target.value)}
              required
              pattern="[a-z0-9][a-z0-9\-]{1,38}"
              title="2 to 39 of a-z, 0-9 and -, not beginning with -"
              spellCheck={false}
              autoComplete="off"
              className="font-mono! h-9 px-2.5"
            />
          )}
        </Field>
      </EntranceForm>
    </EntranceFrame>
  )
}
