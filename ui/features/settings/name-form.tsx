'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/ui/kit/button'
import { Field } from '@/ui/kit/field'
import { Input } from '@/ui/kit/input'
import { useTRPC } from '@/ui/trpc/client'
import { SettingsSection } from './settings-section'
import { useTold } from './use-told'

export function NameForm({ name, email }: { name: string; email: string }) {
  const trpc = useTRPC()
  const router = useRouter()
  const told = useTold()
  const [draft, setDraft] = useState(name)
  const after = told({ done: 'Name saved', stale: [trpc.account.me.queryFilter()] })
  const rename = useMutation(
    trpc.account.rename.mutationOptions({
      ...after,
      onSuccess: async () => {
        await after.onSuccess()
        router.refresh()
      },
    }),
  )
  return (
    <SettingsSection title="Profile" note={email}>
      <form
        className="flex max-w-sm items-end gap-2"
        onSubmit={event => {
          event.preventDefault()
          rename.mutate({ name: draft.trim() })
        }}
      >
        <Field label="Name" className="flex-1">
          {wiring => (
            <Input
              {...wiring}
              value={draft}
              onChange={event => setDraft(event.target.value)}
              required
              maxLength={100}
              autoComplete="name"
            />
          )}
        </Field>
        <Button type="submit" disabled={!draft.trim() || draft.trim() === name || rename.isPending}>
          Save name
        </Button>
      </form>
    </SettingsSection>
  )
}
