'use client'

import Link from 'next/link'
import { signIn as signInWith } from 'next-auth/react'
import { Button } from '@/ui/kit/button'
import { EmailField, PasswordField } from './credential-fields'
import { EntranceForm } from './entrance-form'
import { EntranceFrame } from './entrance-frame'
import { safeNext, signIn } from './sign-in'

export type SignInScreenProps = {
  next?: string | undefined
  /** Other ways in, as their variables are set. */
  providers: readonly { id: string; name: string }[]
  openSignup: boolean
  /** A sign-in by another provider came back without success. Its words are not repeated: anybody can write an address. */
  failed: boolean
}

export function SignInScreen({ next, providers, openSignup, failed }: SignInScreenProps) {
  const target = safeNext(next)
  return (
    <EntranceFrame
      title="Sign in"
      foot={openSignup ? <SignUpLink /> : 'New here? Ask a member of a workspace to invite you.'}
    >
      {failed ? (
        <p role="alert" className="t-small mb-3 rounded-md bg-bad-soft px-2.5 py-1.5 text-bad">
          Signing in did not work. An account by another provider may need an invitation first.
        </p>
      ) : null}
      <EntranceForm
        act="Sign in"
        onSubmit={async fields => {
          await signIn(String(fields.get('email')), String(fields.get('password')))
          // A whole load, so that nothing read as nobody stays in memory.
          window.location.assign(target)
        }}
      >
        <EmailField autoFocus />
        <PasswordField />
      </EntranceForm>
      {providers.length > 0 ? (
        <div className="mt-4 flex flex-col gap-2 border-line border-t pt-4">
          {providers.map(provider => (
            <Button key={provider.id} size="large" onClick={() => signInWith(provider.id, { callbackUrl: target })}>
              Continue with {provider.name}
            </Button>
          ))}
        </div>
      ) : null}
    </EntranceFrame>
  )
}

function SignUpLink() {
  return (
    <>
      New here?{' '}
      <Link href="/signup" className="text-accent hover:underline">
        Make an account
      </Link>
    </>
  )
}
