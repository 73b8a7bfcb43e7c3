import type { LucideIcon } from 'lucide-react'
import Link from 'next/link'
import { cn } from '@/ui/kit/cn'

export type RailLinkProps = { href: string; label: string; icon: LucideIcon; closed: boolean; current: boolean }

export function RailLink({ href, label, icon: Icon, closed, current }: RailLinkProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      title={closed ? label : undefined}
      aria-label={label}
      aria-current={current ? 'page' : undefined}
      className={cn(
        'motion mx-2 flex h-7 items-center gap-2 rounded-md px-2 text-ink-2 hover:bg-hover',
        'aria-[current=page]:bg-press aria-[current=page]:font-medium aria-[current=page]:text-ink',
        closed && 'justify-center px-0',
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      {closed ? null : <span className="truncate">{label}</span>}
    </Link>
  )
}
