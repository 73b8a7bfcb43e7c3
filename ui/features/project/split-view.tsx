'use client'

import { type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import { rememberChoice } from '@/ui/kit/remember'

const NARROW = 220
const WIDE = 640
const STEP = 16

export type SplitViewProps = { list: ReactNode; board: ReactNode; width: number }

const within = (width: number) => Math.round(Math.min(WIDE, Math.max(NARROW, width)))

/** Runs at the left, board at the right, a divider that drags between them. A narrow screen stacks the two. */
export function SplitView({ list, board, width: given }: SplitViewProps) {
  const [width, setWidth] = useState(() => within(given))
  const place = useRef<HTMLDivElement>(null)
  const settle = (next: number) => {
    setWidth(within(next))
    rememberChoice('runlist', String(within(next)))
  }
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    setWidth(within(event.clientX - (place.current?.getBoundingClientRect().left ?? 0)))
  }
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
    if (by === undefined) return
    event.preventDefault()
    settle(width + by)
  }
  return (
    <div
      ref={place}
      style={{ '--runlist': `${width}px` } as CSSProperties}
      className="flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto"
    >
      {list}
      {/* biome-ignore lint/a11y/useSemanticElements: an hr takes no part in dragging */}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the run list"
        aria-valuenow={width}
        aria-valuemin={NARROW}
        aria-valuemax={WIDE}
        tabIndex={0}
        onKeyDown={press}
        onPointerDown={event => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onPointerUp={() => settle(width)}
        onDoubleClick={() => settle(320)}
        className="group relative z-10 w-px shrink-0 cursor-col-resize touch-none bg-line max-md:hidden"
      >
        <span className="absolute inset-y-0 -left-1 w-[9px]" />
        <span className="motion absolute top-[calc(50%-14px)] -left-px h-7 w-[3px] rounded-full bg-line-strong group-hover:bg-accent group-active:bg-accent" />
      </div>
      {board}
    </div>
  )
}
