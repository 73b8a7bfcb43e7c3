import { cn } from './cn'

/** A blank of the final size. Give it width and height by class. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block h-2.5 rounded-sm bg-inset', className)} />
}
