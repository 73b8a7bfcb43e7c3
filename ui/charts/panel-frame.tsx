import type { ReactNode } from 'react'
import { cn } from '@/ui/kit/cn'
import { Swatch } from '@/ui/kit/swatch'

export type PanelFrameProps = {
  title: string
  /** Right of the title: figures, then buttons that show on hover or focus. */
  figures?: ReactNode
  actions?: ReactNode
  /** The truth strip, left to right; the name of x stands at its right end. */
  truth?: ReactNode
  xName?: ReactNode
  /** Grows with its content instead of keeping a panel's height, for one panel a row. */
  grows?: boolean
  className?: string
  children: ReactNode
}

/** Head 32, plot, truth strip 24. */
export function PanelFrame({ title, figures, actions, truth, xName, grows, className, children }: PanelFrameProps) {
  return (
    <article
      aria-label={title}
      className={cn(
        // Far from view a panel is neither laid out nor painted: a hundred of them cost 6 ms a frame in layers alone.
        'group relative flex min-w-0 flex-col rounded-lg border bg-surface [content-visibility:auto] hover:border-line-strong',
        grows ? 'min-h-[var(--panel-h)] [contain-intrinsic-height:auto_var(--panel-h)]' : 'h-[var(--panel-h)]',
        className,
      )}
    >
      <header className="flex h-8 shrink-0 items-center gap-2 pr-2 pl-3">
        <h3 className="shrink-[1] truncate font-medium font-mono text-[12px] leading-4" title={title}>
          {title}
        </h3>
        {/* The name comes first: figures that do not fit wrap out of sight. */}
        <span className="t-small flex h-4 min-w-0 flex-1 flex-wrap items-center justify-end gap-x-2 overflow-hidden pr-1 text-ink-3">
          {figures}
        </span>
        {actions ? (
          <span className="-ml-1 hidden shrink-0 items-center group-focus-within:flex group-hover:flex [@media(hover:none)]:flex">
            {actions}
          </span>
        ) : null}
      </header>
      <div className={cn('flex min-h-0 flex-1 flex-col', grows && 'min-h-[186px]')}>{children}</div>
      <footer className="t-micro flex h-6 shrink-0 items-center gap-2.5 overflow-hidden whitespace-nowrap px-3 pb-[5px] text-ink-3">
        {truth}
        <span className="ml-auto">{xName}</span>
      </footer>
    </article>
  )
}

/** "last **2.783**" with the colour of the line that holds it. */
export function Figure({
  word,
  value,
  color,
  holder,
}: {
  word: string
  value: string
  color?: string
  holder?: string
}) {
  return (
    <span className="flex items-center gap-[5px] whitespace-nowrap">
      {word} <b className="font-medium text-ink">{value}</b>
      {color ? <Swatch color={color} title={holder ?? ''} className="size-2" /> : null}
    </span>
  )
}

/** The framed "1,240 of 842,112". */
export function Framed({ children }: { children: ReactNode }) {
  return <span className="rounded-sm border border-line-strong px-1 text-ink-2 leading-[14px]">{children}</span>
}
