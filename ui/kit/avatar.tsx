import { cn } from './cn'

export type AvatarProps = { name: string; color?: string; small?: boolean; className?: string }

/** Two letters in a ring; the colour is the ring only. */
export function Avatar({ name, color = 'var(--line-strong)', small, className }: AvatarProps) {
  return (
    <span
      role="img"
      aria-label={name}
      title={name}
      style={{ borderColor: color }}
      className={cn(
        'inline-grid shrink-0 place-items-center rounded-full border-[1.5px] bg-inset font-semibold text-ink tracking-[.02em]',
        small ? 'size-5 text-[9px] leading-none' : 'size-6 text-[10px] leading-none',
        className,
      )}
    >
      {[...name.trim()].slice(0, 2).join('').toUpperCase()}
    </span>
  )
}
