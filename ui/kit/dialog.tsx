'use client'

import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { IconButton } from './button'
import { cn } from './cn'

export const Dialog = Primitive.Root
export const DialogTrigger = Primitive.Trigger
export const DialogClose = Primitive.Close

export type DialogContentProps = Omit<ComponentProps<typeof Primitive.Content>, 'title'> & {
  title: ReactNode
  description?: ReactNode
  /** Buttons at the lower right, the main act last. */
  footer?: ReactNode
}

export function DialogContent({ title, description, footer, className, children, ...rest }: DialogContentProps) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-40 bg-scrim" />
      <Primitive.Content
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={cn(
          'fixed top-[12vh] left-1/2 z-50 flex max-h-[80vh] w-[480px] max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col rounded-xl bg-raised text-ink shadow-pop outline-none',
          className,
        )}
        {...rest}
      >
        <div className="flex items-start gap-2 px-4 pt-3">
          <div className="min-w-0 flex-1">
            <Primitive.Title className="t-title">{title}</Primitive.Title>
            {description ? (
              <Primitive.Description className="t-small mt-1 text-ink-2">{description}</Primitive.Description>
            ) : null}
          </div>
          <Primitive.Close asChild>
            <IconButton label="Close" className="-mr-1.5">
              <X aria-hidden />
            </IconButton>
          </Primitive.Close>
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">{children}</div>
        {footer ? <div className="flex justify-end gap-2 border-line border-t px-4 py-3">{footer}</div> : null}
      </Primitive.Content>
    </Primitive.Portal>
  )
}
