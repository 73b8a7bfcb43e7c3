'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'

export type BoardSectionProps = { name: string; count: number; open?: boolean; children: ReactNode }

/** Panels whose keys begin alike. A closed section draws and reads nothing. */
export function BoardSection({ name, count, open: first = true, children }: BoardSectionProps) {
  const [open, setOpen] = useState(first)
  const id = useId()
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    <section aria-label={name}>
      <h2>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="t-small flex h-9 items-center gap-1.5 rounded-md text-ink-3"
        >
          <Chevron aria-hidden className="size-3.5" />
          <b className="font-semibold text-ink">{name}</b>
          <span>{count}</span>
        </button>
      </h2>
      <div
        id={id}
        hidden={!open}
        className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,292px),1fr))] gap-(--panel-gap)"
      >
        {open ? children : null}
      </div>
    </section>
  )
}
