'use client'

import { Command as Primitive } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog as Modal } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'
import { floatingItem } from './floating'

export type CommandDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  label: string
  placeholder: string
  children: ReactNode
}

/** The palette: typed words narrow the list, Enter goes there. */
export function CommandDialog({ open, onOpenChange, label, placeholder, children }: CommandDialogProps) {
  return (
    <Modal.Root open={open} onOpenChange={onOpenChange}>
      <Modal.Portal>
        <Modal.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Modal.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[560px] max-w-[calc(100vw-32px)] -translate-x-1/2 rounded-xl bg-raised text-ink shadow-pop outline-none"
        >
          <Modal.Title className="sr-only">{label}</Modal.Title>
          <Primitive label={label}>
            <div className="flex h-11 items-center gap-2 border-line border-b px-3">
              <Search aria-hidden className="size-4 text-ink-3" />
              <Primitive.Input
                placeholder={placeholder}
                className="t-base min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3 focus-visible:shadow-none!"
              />
            </div>
            <Primitive.List className="max-h-[50vh] overflow-y-auto p-1">
              <Primitive.Empty className="t-small px-2 py-3 text-ink-3">Nothing has that name.</Primitive.Empty>
              {children}
            </Primitive.List>
          </Primitive>
        </Modal.Content>
      </Modal.Portal>
    </Modal.Root>
  )
}

export function CommandGroup({ className, ...rest }: ComponentProps<typeof Primitive.Group>) {
  return (
    <Primitive.Group
      className={cn(
        '[&_[cmdk-group-heading]]:t-micro [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-1.5 [&_[cmdk-group-heading]]:text-ink-3',
        className,
      )}
      {...rest}
    />
  )
}

export function CommandItem({ className, ...rest }: ComponentProps<typeof Primitive.Item>) {
  return <Primitive.Item className={cn(floatingItem, className)} {...rest} />
}
