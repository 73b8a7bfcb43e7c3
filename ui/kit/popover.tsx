'use client'

import { Popover as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { floating } from './floating'

export const Popover = Primitive.Root
export const PopoverTrigger = Primitive.Trigger
export const PopoverAnchor = Primitive.Anchor

type Side = ComponentProps<typeof Primitive.Content>['side']

/** On a phone nothing has room beside what it belongs to. */
const placed = (side: Side): Side => (side !== 'top' && matchMedia('(max-width: 640px)').matches ? 'bottom' : side)

export function PopoverContent({ className, side, sideOffset = 4, ...rest }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        side={typeof window === 'undefined' ? side : placed(side)}
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn(floating, 'w-72 p-3', className)}
        {...rest}
      />
    </Primitive.Portal>
  )
}
