'use client'

import { useState } from 'react'
import { Input } from '@/ui/kit/input'

export type NumberFieldProps = { label: string; value: number | null; onChange: (value: number | null) => void }

/** A number or nothing, taken when the field is left or Enter is pressed. What is no number goes back to what it was. */
export function NumberField({ label, value, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const take = () => {
    if (typed === null) return
    const text = typed.trim().replace('−', '-')
    setTyped(null)
    if (text === '') onChange(null)
    else if (Number.isFinite(Number(text))) onChange(Number(text))
  }
  return (
    <Input
      aria-label={label}
      inputMode="decimal"
      placeholder="auto"
      className="w-[84px]"
      value={typed ?? (value === null ? '' : String(value))}
      onChange={event => setTyped(event.target.value)}
      onBlur={take}
      onKeyDown={event => event.key === 'Enter' && take()}
    />
  )
}
