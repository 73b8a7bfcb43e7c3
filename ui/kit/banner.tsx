import type { ReactNode } from 'react'
import { cn } from './cn'

export type BannerProps = { icon?: ReactNode; children: ReactNode; action?: ReactNode; className?: string }

/** A strip across the page for something that holds for all of it. */
export function Banner({ icon, children, action, className }: BannerProps) {
  return (
    <div
      role="status"
      className={cn(
        't-small flex min-h-9 shrink-0 items-center gap-2.5 border-line border-b bg-warn-soft px-4 py-1 text-ink-2 [&_b]:font-semibold [&_b]:text-ink [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-warn',
        className,
      )}
    >
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {action}
    </div>
  )
}
