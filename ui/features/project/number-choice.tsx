'use client'

import { ChevronDown } from 'lucide-react'
import { Menu, MenuContent, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuTrigger } from '@/ui/kit/menu'

export type NumberChoiceProps = {
  value: string | null
  /** What of the key it is. */
  statistic: string
  keys: readonly string[]
  onChange: (key: string) => void
}

/** Which key's value stands beside each run. */
export function NumberChoice({ value, statistic, keys, onChange }: NumberChoiceProps) {
  if (!value) return null
  return (
    <Menu>
      <MenuTrigger
        aria-label={`Number beside each run: ${statistic} ${value}`}
        className="flex h-5 max-w-40 items-center gap-1 rounded-sm hover:text-ink"
      >
        {statistic === 'last' ? null : <span>{statistic}</span>}
        <span className="truncate font-mono">{value}</span>
        <ChevronDown aria-hidden className="size-3 shrink-0" />
      </MenuTrigger>
      <MenuContent align="end" className="max-h-80 overflow-y-auto">
        <MenuLabel>Beside each run</MenuLabel>
        <MenuRadioGroup value={value} onValueChange={onChange}>
          {keys.map(key => (
            <MenuRadioItem key={key} value={key} className="font-mono">
              {key}
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  )
}
