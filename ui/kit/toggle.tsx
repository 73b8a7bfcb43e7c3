'use client'

import { Toggle as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'

/** A square button that stays pressed. */
export function Toggle({ label, className, ...rest }: ComponentProps<typeof Primitive.Root> & { label: string }) {
  return (
    <Primitive.Root
      aria-label={label}
      title={label}
      className={cn(
        'motion inline-grid size-7 shrink-0 place-items-center rounded-md text-ink-2 hover:bg-hover data-[state=on]:bg-press data-[state=on]:text-ink [&_svg]:size-3.5',
        className,
      )}
      {...rest}
    />
  )
}
