'use client'

import { ToggleGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from './cn'

export type SegmentedProps<V extends string> = {
  value: V
  onChange: (value: V) => void
  options: readonly { value: V; label: ReactNode }[]
  label: string
  className?: string
}

/** Two to four choices, all in view, one of them on. */
export function Segmented<V extends string>({ value, onChange, options, label, className }: SegmentedProps<V>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={next => next && onChange(next as V)}
      className={cn('inline-flex rounded-md border border-line-strong', className)}
    >
      {options.map(option => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="t-small motion h-[26px] whitespace-nowrap border-line border-l bg-surface px-2.5 text-ink-2 first:rounded-l-[4px] first:border-l-0 last:rounded-r-[4px] hover:text-ink data-[state=on]:bg-press data-[state=on]:font-medium data-[state=on]:text-ink"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
