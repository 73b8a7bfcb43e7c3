'use client'

import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '@/ui/kit/button'

export type EntranceFormProps = {
  children: ReactNode
  act: string
  /** Does what the form is for; throws an error whose message is for the reader. */
  onSubmit: (fields: FormData) => Promise<void>
}

/** Fields, one button, and what went wrong; the button rests while an answer is awaited. */
export function EntranceForm({ children, act, onSubmit }: EntranceFormProps) {
  const [pending, setPending] = useState(false)
  const [fault, setFault] = useState<string>()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setPending(true)
    setFault(undefined)
    try {
      await onSubmit(new FormData(event.currentTarget))
    } catch (error) {
      setFault(error instanceof Error ? error.message : 'The server gave no answer. Try again.')
      setPending(false)
    }
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      {children}
      {fault ? (
        <p role="alert" className="t-small rounded-md bg-bad-soft px-2.5 py-1.5 text-bad">
          {fault}
        </p>
      ) : null}
      <Button type="submit" look="main" size="large" disabled={pending} className="mt-1 w-full">
        {act}
      </Button>
    </form>
  )
}
