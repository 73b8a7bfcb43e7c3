import { Slot } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'

const tab =
  'motion -mb-px inline-flex h-[34px] shrink-0 items-center gap-1.5 whitespace-nowrap border-b-2 border-transparent px-2 text-ink-2 hover:text-ink aria-[current=page]:border-ink aria-[current=page]:font-medium aria-[current=page]:text-ink'

/** Tabs as navigation: one link a tab, the reading line under the current one. */
export function TabNav({ className, ...rest }: ComponentProps<'nav'> & { 'aria-label': string }) {
  return <nav className={cn('flex gap-1 overflow-x-auto', className)} {...rest} />
}

/** Lends its look to the link inside it. */
export function TabLink({ current, children }: { current: boolean; children: ReactNode }) {
  return (
    <Slot.Root aria-current={current ? 'page' : undefined} className={tab}>
      {children}
    </Slot.Root>
  )
}
