'use client'

import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { Button } from '@/ui/kit/button'
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/ui/kit/dialog'

export type MakeDialogProps = {
  opener: ReactNode
  title: string
  act: string
  pending: boolean
  /** What was made, in place of the fields. */
  made: ReactNode | null
  onOpen: () => void
  onMake: (fields: FormData) => void
  /** The fields. */
  children: ReactNode
}

/** Asks for what is needed to make something that is shown once, and shows it. */
export function MakeDialog({ opener, title, act, pending, made, onOpen, onMake, children }: MakeDialogProps) {
  const form = useId()
  const [open, setOpen] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onMake(new FormData(event.currentTarget))
  }
  return (
    <Dialog
      open={open}
      onOpenChange={next => {
        setOpen(next)
        if (next) onOpen()
      }}
    >
      <DialogTrigger asChild>{opener}</DialogTrigger>
      <DialogContent
        title={title}
        footer={
          made ? (
            <DialogClose asChild>
              <Button>Done</Button>
            </DialogClose>
          ) : (
            <Button type="submit" form={form} look="main" disabled={pending}>
              {act}
            </Button>
          )
        }
      >
        {made ?? (
          <form id={form} onSubmit={submit} className="flex flex-col gap-3">
            {children}
          </form>
        )}
      </DialogContent>
    </Dialog>
  )
}
