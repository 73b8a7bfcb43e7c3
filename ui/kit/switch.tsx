'use client'

import { Switch as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'

export function Switch({ className, ...rest }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={cn('motion h-4 w-7 shrink-0 rounded-full bg-line-strong data-[state=checked]:bg-accent', className)}
      {...rest}
    >
      <Primitive.Thumb className="block size-3 translate-x-0.5 rounded-full bg-surface transition-transform duration-100 data-[state=checked]:translate-x-3.5 data-[state=checked]:bg-on-accent" />
    </Primitive.Root>
  )
}
