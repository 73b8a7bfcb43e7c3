'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '@/ui/kit/button'
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/ui/kit/dialog'

export type ConfirmButtonProps = {
  label: string
  title: string
  act: string
  pending: boolean
  onConfirm: () => void
  /** What goes. */
  children: ReactNode
}

/** A destructive act: names what goes before it goes. */
export function ConfirmButton({ label, title, act, pending, onConfirm, children }: ConfirmButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="small" look="quiet" disabled={pending}>
          {label}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={title}
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button
              look="danger"
              onClick={() => {
                setOpen(false)
                onConfirm()
              }}
            >
              {act}
            </Button>
          </>
        }
      >
        <p className="text-ink-2">{children}</p>
      </DialogContent>
    </Dialog>
  )
}
