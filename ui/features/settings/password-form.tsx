'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useRef } from 'react'
import { Button } from '@/ui/kit/button'
import { Field } from '@/ui/kit/field'
import { Input } from '@/ui/kit/input'
import { useTRPC } from '@/ui/trpc/client'
import { SettingsSection } from './settings-section'
import { useTold } from './use-told'

export function PasswordForm({ email }: { email: string }) {
  const trpc = useTRPC()
  const told = useTold()
  const form = useRef<HTMLFormElement>(null)
  const after = told({
    done: 'Password changed, other sessions ended',
    stale: [trpc.account.sessions.queryFilter()],
  })
  const change = useMutation(
    trpc.account.changePassword.mutationOptions({
      onSuccess: async () => {
        form.current?.reset()
        await after.onSuccess()
      },
    }),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    change.mutate({ current: String(fields.get('current')), next: String(fields.get('next')) })
  }
  return (
    <SettingsSection title="Password" note="Changing it ends your other sessions.">
      <form ref={form} onSubmit={submit} className="flex max-w-sm flex-col gap-3">
        <input type="text" name="email" autoComplete="username" value={email} readOnly hidden />
        <Field label="Current password" error={change.error?.message}>
          {wiring => <Input {...wiring} name="current" type="password" autoComplete="current-password" required />}
        </Field>
        <Field label="New password" hint="At least 8 characters">
          {wiring => (
            <Input {...wiring} name="next" type="password" autoComplete="new-password" minLength={8} required />
          )}
        </Field>
        <Button type="submit" disabled={change.isPending} className="self-start">
          Change password
        </Button>
      </form>
    </SettingsSection>
  )
}
