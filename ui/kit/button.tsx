import { cva, type VariantProps } from 'class-variance-authority'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'

const button = cva(
  't-small motion inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium disabled:pointer-events-none disabled:text-ink-off [&_svg]:size-3.5 [&_svg]:shrink-0',
  {
    variants: {
      look: {
        plain: 'border-line-strong bg-surface text-ink hover:bg-inset',
        quiet: 'border-transparent bg-transparent text-ink-2 hover:bg-hover data-[state=open]:bg-hover',
        main: 'border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover disabled:border-line disabled:bg-inset',
        danger: 'border-line-strong bg-surface text-bad hover:bg-bad-soft',
      },
      size: { base: 'h-7 px-2.5', small: 'h-6 px-2', large: 'h-9 px-3.5' },
      icon: { true: 'px-0', false: '' },
    },
    compoundVariants: [
      { look: 'quiet', icon: false, class: 'px-2' },
      { icon: true, size: 'base', class: 'w-7' },
      { icon: true, size: 'small', class: 'w-6' },
      { icon: true, size: 'large', class: 'w-9' },
    ],
    defaultVariants: { look: 'plain', size: 'base', icon: false },
  },
)

type ButtonLook = Omit<VariantProps<typeof button>, 'icon'>

export type ButtonProps = ComponentProps<'button'> & ButtonLook & { asChild?: boolean }

/** At most one `look="main"` on a screen. `asChild` lends the look to a link. */
export function Button({ look, size, asChild, className, ...rest }: ButtonProps) {
  const Tag = asChild ? Slot.Root : 'button'
  return <Tag {...(asChild ? {} : { type: 'button' })} className={cn(button({ look, size }), className)} {...rest} />
}

export type IconButtonProps = ButtonProps & { label: string }

/** A square button whose name is said to screen readers and shown by the browser on hover. */
export function IconButton({ look = 'quiet', size, label, asChild, className, ...rest }: IconButtonProps) {
  const Tag = asChild ? Slot.Root : 'button'
  return (
    <Tag
      {...(asChild ? {} : { type: 'button' })}
      aria-label={label}
      title={label}
      className={cn(button({ look, size, icon: true }), className)}
      {...rest}
    />
  )
}
