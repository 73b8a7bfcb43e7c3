'use client'

import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { floating, floatingItem } from './floating'

export const Menu = DropdownMenu.Root
export const MenuTrigger = DropdownMenu.Trigger
export const MenuRadioGroup = DropdownMenu.RadioGroup

export function MenuContent({ className, sideOffset = 4, ...rest }: ComponentProps<typeof DropdownMenu.Content>) {
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn(floating, 'min-w-40 p-1', className)}
        {...rest}
      />
    </DropdownMenu.Portal>
  )
}

export type MenuItemProps = ComponentProps<typeof DropdownMenu.Item> & { danger?: boolean }

export function MenuItem({ danger, className, ...rest }: MenuItemProps) {
  return <DropdownMenu.Item className={cn(floatingItem, danger && 'text-bad', className)} {...rest} />
}

export function MenuRadioItem({ className, children, ...rest }: ComponentProps<typeof DropdownMenu.RadioItem>) {
  return (
    <DropdownMenu.RadioItem className={cn(floatingItem, 'pr-7', className)} {...rest}>
      {children}
      <DropdownMenu.ItemIndicator className="absolute right-2">
        <Check aria-hidden />
      </DropdownMenu.ItemIndicator>
    </DropdownMenu.RadioItem>
  )
}

export function MenuLabel({ className, ...rest }: ComponentProps<typeof DropdownMenu.Label>) {
  return <DropdownMenu.Label className={cn('t-micro px-2 pt-1.5 pb-1 text-ink-3', className)} {...rest} />
}

export function MenuSeparator({ className, ...rest }: ComponentProps<typeof DropdownMenu.Separator>) {
  return <DropdownMenu.Separator className={cn('-mx-1 my-1 h-px bg-line', className)} {...rest} />
}
