import type { ComponentProps } from 'react'
import { cn } from './cn'

export function Kbd({ className, ...rest }: ComponentProps<'kbd'>) {
  return (
    <kbd
      className={cn(
        't-micro min-w-[18px] whitespace-nowrap rounded-sm border border-line bg-surface px-1 text-center text-ink-3',
        className,
      )}
      {...rest}
    />
  )
}
