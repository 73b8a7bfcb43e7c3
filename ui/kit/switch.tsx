'use client'

import { Switch as Primitive } from 'radix-ui'

export type SwitchProps = { label: string; checked: boolean; onChange: (checked: boolean) => void }

/** On or off, at once. */
export function Switch({ label, checked, onChange }: SwitchProps) {
  return (
    <Primitive.Root
      aria-label={label}
      checked={checked}
      onCheckedChange={onChange}
      className="motion relative h-4 w-7 shrink-0 rounded-full bg-ink-3 data-[state=checked]:bg-accent"
    >
      <Primitive.Thumb className="motion block size-3 translate-x-0.5 rounded-full bg-surface data-[state=checked]:translate-x-3.5" />
    </Primitive.Root>
  )
}
