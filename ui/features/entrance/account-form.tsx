'use client'

import type { ReactNode } from 'react'
import { EmailField, NameField, PasswordField } from './credential-fields'
import { EntranceForm } from './entrance-form'
import { signIn } from './sign-in'

export type NewAccount = { name: string; email: string; password: string }

export type AccountFormProps = {
  act: string
  email?: string | undefined
  /** Makes the account; answers where to go with it. */
  make: (account: NewAccount, fields: FormData) => Promise<string>
  children?: ReactNode
}

/** Makes an account and signs in with it. */
export function AccountForm({ act, email, make, children }: AccountFormProps) {
  return (
    <EntranceForm
      act={act}
      onSubmit={async fields => {
        const text = (name: string) => String(fields.get(name) ?? '')
        const account = { name: text('name').trim(), email: text('email').trim(), password: text('password') }
        const next = await make(account, fields)
        await signIn(account.email, account.password)
        window.location.assign(next)
      }}
    >
      <NameField />
      <EmailField defaultValue={email} readOnly={Boolean(email)} />
      <PasswordField made />
      {children}
    </EntranceForm>
  )
}
