'use client'

import { type ReactNode, useRef } from 'react'
import { useComeNear } from '../use-in-view'

export type PanelPlaceProps = {
  title: string
  /** Holds its panel from the first picture on. */
  filled: boolean
  children: ReactNode
}

/** A panel's place on a board: its title alone until the reader comes near, from then on the panel. */
export function PanelPlace({ title, filled, children }: PanelPlaceProps) {
  const place = useRef<HTMLElement>(null)
  const near = useComeNear(place, filled)
  if (near) return children
  return (
    <article
      ref={place}
      aria-label={title}
      className="h-(--panel-h) min-w-0 truncate rounded-lg border bg-surface px-3 font-medium font-mono text-[12px] leading-8"
    >
      {title}
    </article>
  )
}
