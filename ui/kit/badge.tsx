import { cva, type VariantProps } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { cn } from './cn'

const badge = cva('inline-flex items-center whitespace-nowrap [&_svg]:shrink-0', {
  variants: {
    tone: {
      plain: 'border border-line text-ink-2',
      fill: 'bg-inset text-ink-2',
      accent: 'bg-accent-soft text-accent',
      ok: 'bg-ok-soft text-ok',
      warn: 'bg-warn-soft text-warn',
      bad: 'bg-bad-soft text-bad',
    },
    shape: {
      chip: 't-micro h-5 gap-1 rounded-sm px-1.5',
      pill: 't-small h-6 gap-1.5 rounded-full pr-2.5 pl-2 font-medium',
    },
  },
  defaultVariants: { tone: 'plain', shape: 'chip' },
})

export type BadgeProps = ComponentProps<'span'> & VariantProps<typeof badge>

export function Badge({ tone, shape, className, ...rest }: BadgeProps) {
  return <span className={cn(badge({ tone, shape }), className)} {...rest} />
}
