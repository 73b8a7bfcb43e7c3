import type { ComponentProps } from 'react'
import { cn } from './cn'

export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return <table className={cn('t-small w-full border-separate border-spacing-0', className)} {...rest} />
}

type CellProps = { numeric?: boolean }

export function Th({ numeric, className, ...rest }: ComponentProps<'th'> & CellProps) {
  return (
    <th
      scope="col"
      className={cn(
        't-micro h-6 whitespace-nowrap border-line border-b px-2 text-left font-normal text-ink-3',
        numeric && 'text-right',
        className,
      )}
      {...rest}
    />
  )
}

export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={cn('hover:bg-hover aria-selected:bg-selected', className)} {...rest} />
}

export function Td({ numeric, className, ...rest }: ComponentProps<'td'> & CellProps) {
  return (
    <td
      className={cn('h-7 whitespace-nowrap border-line-faint border-b px-2', numeric && 'text-right', className)}
      {...rest}
    />
  )
}
