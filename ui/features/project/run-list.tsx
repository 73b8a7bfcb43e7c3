'use client'

import { Eye, ListFilter } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/ui/kit/button'
import { cn } from '@/ui/kit/cn'
import { Input } from '@/ui/kit/input'
import { Kbd } from '@/ui/kit/kbd'
import { useHotkey } from '@/ui/kit/use-hotkey'
import { NumberChoice } from './number-choice'

export type RunListProps = {
  total: string
  shown: number
  hidden: number
  filter: string
  onFilter: (filter: string) => void
  numberKey: string | null
  statistic: string
  keys: readonly string[]
  onNumberKey: (key: string) => void
  /** Shows the first twenty, where fewer are shown. */
  onShowMore?: (() => void) | undefined
  onLoadMore?: (() => void) | undefined
  className?: string
  children: ReactNode
}

/** The runs of a project, newest first, with a box that filters them. */
export function RunList(props: RunListProps) {
  const box = useHotkey<HTMLInputElement>('f', input => input.focus())
  return (
    <aside
      aria-label="Runs"
      className={cn(
        'flex w-(--runlist) min-w-0 shrink-0 flex-col bg-surface max-md:w-full max-md:flex-1',
        props.className,
      )}
    >
      <div className="relative flex h-(--subbar) shrink-0 items-center border-line border-b px-3">
        <ListFilter aria-hidden className="pointer-events-none absolute left-5 size-3.5 text-ink-3" />
        <Input
          ref={box}
          type="search"
          aria-label="Filter runs"
          placeholder="Name, id, tag or state"
          maxLength={500}
          value={props.filter}
          onChange={event => props.onFilter(event.target.value)}
          onKeyDown={event => {
            if (event.key !== 'Escape') return
            props.onFilter('')
            event.currentTarget.blur()
          }}
          className="peer pr-8 pl-7"
        />
        <Kbd aria-hidden className="pointer-events-none absolute right-4.5 peer-focus:hidden max-md:hidden">
          F
        </Kbd>
      </div>
      <div className="t-micro grid h-(--row-small) shrink-0 grid-cols-[20px_minmax(0,1fr)_auto] items-center gap-x-[7px] border-line-faint border-b pr-3 pl-2 text-ink-3 max-md:px-4">
        <Eye aria-hidden className="mx-auto size-3.5" />
        <span className="truncate">
          {props.total}, {props.shown} on the board
        </span>
        <NumberChoice
          value={props.numberKey}
          statistic={props.statistic}
          keys={props.keys}
          onChange={props.onNumberKey}
        />
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto">
        {props.children}
        {props.filter && props.shown + props.hidden === 0 ? (
          <li className="t-small px-3 py-2 text-ink-3">No run has all of these words.</li>
        ) : null}
        {props.onLoadMore ? (
          <li className="flex justify-center py-2">
            <Button look="quiet" size="small" onClick={props.onLoadMore}>
              Older runs
            </Button>
          </li>
        ) : null}
      </ul>
      {props.hidden > 0 ? (
        <div className="t-micro flex h-9 shrink-0 items-center gap-2 border-line border-t px-3 text-ink-3">
          <span className="flex-1 truncate">{props.hidden === 1 ? '1 run hidden' : `${props.hidden} runs hidden`}</span>
          {props.onShowMore ? (
            <Button look="quiet" size="small" onClick={props.onShowMore}>
              Show first 20
            </Button>
          ) : null}
        </div>
      ) : null}
    </aside>
  )
}
