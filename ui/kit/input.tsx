import type { ComponentProps } from 'react'
import { cn } from './cn'

const box =
  't-small motion w-full rounded-md border border-line-strong bg-surface text-ink placeholder:text-ink-3 focus-visible:border-accent disabled:bg-inset disabled:text-ink-off aria-invalid:border-bad'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cn(box, 'h-7 px-2', className)} {...rest} />
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={cn(box, 'min-h-16 px-2 py-1.5', className)} {...rest} />
}
