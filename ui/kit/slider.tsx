'use client'

import { Slider as Primitive } from 'radix-ui'
import { cn } from './cn'

export type SliderProps = {
  value: number
  onChange: (value: number) => void
  min?: number
  max?: number
  step?: number
  label: string
  className?: string
}

/** One value on a short track; arrow keys move it by `step`. */
export function Slider({ value, onChange, min = 0, max = 1, step = 0.01, label, className }: SliderProps) {
  return (
    <Primitive.Root
      value={[value]}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      min={min}
      max={max}
      step={step}
      className={cn('relative flex h-4 w-[72px] touch-none select-none items-center', className)}
    >
      <Primitive.Track className="relative h-0.5 flex-1 rounded-full bg-line-strong">
        <Primitive.Range className="absolute h-full rounded-full bg-accent" />
      </Primitive.Track>
      <Primitive.Thumb
        aria-label={label}
        className="block size-2.5 rounded-full border-[1.5px] border-accent bg-surface"
      />
    </Primitive.Root>
  )
}
