import { cn } from './cn'

/** The short upright stroke between groups of a bar. */
export function BarSeparator({ className }: { className?: string }) {
  return <span aria-hidden className={cn('h-4 w-px shrink-0 bg-line', className)} />
}
