'use client'

import { Check, Minus } from 'lucide-react'
import { Checkbox as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'

export function Checkbox({ className, checked, ...rest }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      checked={checked ?? false}
      className={cn(
        'grid size-3.5 shrink-0 place-items-center rounded-sm border-[1.5px] border-line-strong bg-surface text-on-accent data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent [&_svg]:size-3',
        className,
      )}
      {...rest}
    >
      <Primitive.Indicator>
        {checked === 'indeterminate' ? <Minus strokeWidth={3} aria-hidden /> : <Check strokeWidth={3} aria-hidden />}
      </Primitive.Indicator>
    </Primitive.Root>
  )
}
