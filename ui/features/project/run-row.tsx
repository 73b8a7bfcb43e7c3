import { Eye, EyeOff } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { cn } from '@/ui/kit/cn'
import { Swatch } from '@/ui/kit/swatch'

export type RunRowProps = {
  href: string
  name: string
  color: string
  shown: boolean
  /** The line under the pointer belongs to this run. */
  near?: boolean
  onToggle: () => void
  onPoint?: (over: boolean) => void
  state: ReactNode
  /** Sparkline and number. */
  children: ReactNode
}

/** One run of the list: eye, colour, name, state, sparkline, one chosen number. */
export function RunRow({ href, name, color, shown, near, onToggle, onPoint, state, children }: RunRowProps) {
  const Icon = shown ? Eye : EyeOff
  const router = useRouter()
  return (
    <li
      onPointerEnter={() => {
        router.prefetch(href)
        onPoint?.(true)
      }}
      onPointerLeave={() => onPoint?.(false)}
      className={cn(
        't-small grid h-(--row) [contain-intrinsic-height:28px] [content-visibility:auto] grid-cols-[20px_10px_minmax(0,1fr)_14px_52px_64px] items-center gap-x-[7px] pr-3 pl-2 hover:bg-hover max-md:h-12 max-md:border-line-faint max-md:border-b max-md:px-4',
        near && 'bg-selected',
        !shown && 'text-ink-3',
      )}
    >
      <button
        type="button"
        aria-pressed={shown}
        aria-label={`Show ${name} on the board`}
        onClick={onToggle}
        className={cn('grid size-5 place-items-center rounded-sm text-ink-3 hover:bg-hover', !shown && 'text-ink-off')}
      >
        <Icon aria-hidden className="size-3.5" />
      </button>
      <Swatch color={color} off={!shown} />
      <Link href={href} prefetch={false} title={name} className="truncate hover:underline">
        {name}
      </Link>
      {state}
      {children}
    </li>
  )
}
