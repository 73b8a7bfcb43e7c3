import { cn } from './cn'

export type SwatchProps = { color: string; off?: boolean; title?: string; className?: string }

/** The colour of one line, small enough to sit beside its name. `off` leaves only the frame. */
export function Swatch({ color, off, title, className }: SwatchProps) {
  return (
    <i
      aria-hidden
      title={title}
      className={cn('size-2.5 shrink-0 rounded-sm', off && 'border-[1.5px] border-ink-off', className)}
      style={off ? undefined : { background: color }}
    />
  )
}
