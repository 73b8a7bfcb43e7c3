'use client'

import { Check, ChevronDown } from 'lucide-react'
import { Select as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from './cn'
import { floating, floatingItem } from './floating'

export type SelectOption<V extends string> = { value: V; label: ReactNode; note?: ReactNode }

export type SelectProps<V extends string> = {
  value: V
  onChange: (value: V) => void
  options: readonly SelectOption<V>[]
  label: string
  /** Shown before the value in the closed control: "x **Step**". */
  prefix?: ReactNode
  quiet?: boolean
  disabled?: boolean
  id?: string
  className?: string
}

/** One of a few. `label` names it for screen readers; `quiet` is the toolbar's look without a frame. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { value, onChange, options, label, prefix, quiet, disabled, id, className } = props
  return (
    <Primitive.Root value={value} onValueChange={next => onChange(next as V)} {...(disabled ? { disabled } : {})}>
      <Primitive.Trigger
        {...(id ? { id } : {})}
        aria-label={label}
        className={cn(
          't-small motion inline-flex h-7 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-md border px-2 text-ink-2 disabled:text-ink-off [&_svg]:size-3.5',
          quiet ? 'border-transparent hover:bg-hover' : 'border-line-strong bg-surface hover:bg-inset',
          className,
        )}
      >
        {prefix}
        <b className="min-w-0 flex-1 truncate text-left font-medium text-ink">
          <Primitive.Value />
        </b>
        <Primitive.Icon className="text-ink-3">
          <ChevronDown aria-hidden />
        </Primitive.Icon>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content position="popper" sideOffset={4} collisionPadding={8} className={cn(floating, 'min-w-36')}>
          <Primitive.Viewport className="max-h-80 p-1">
            {options.map(option => (
              <Primitive.Item key={option.value} value={option.value} className={cn(floatingItem, 'pr-7')}>
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
                {option.note ? <span className="ml-auto text-ink-3">{option.note}</span> : null}
                <Primitive.ItemIndicator className="absolute right-2">
                  <Check aria-hidden />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
