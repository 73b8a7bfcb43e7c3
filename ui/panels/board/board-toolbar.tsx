'use client'

import type { ReactNode } from 'react'
import { Select } from '@/ui/kit/select'
import { BarSeparator } from '@/ui/kit/separator'
import { Toggle } from '@/ui/kit/toggle'
import { SmoothAmount } from '@/ui/panels/line/smooth-amount'
import type { BoardView } from './use-board-view'

const axes = [
  { value: 'step', label: 'Step' },
  { value: 'relative', label: 'Time since start' },
  { value: 'time', label: 'Time of day' },
] as const

/** How all panels of a board are drawn: their x, smoothing, and a log axis. */
export function BoardToolbar({ view, children }: { view: BoardView; children?: ReactNode }) {
  return (
    <div
      role="toolbar"
      aria-label="Board"
      className="flex h-(--subbar) shrink-0 items-center gap-2 overflow-x-auto whitespace-nowrap border-line border-b bg-surface px-4 max-md:px-3"
    >
      <span className="t-small min-w-0 flex-1 truncate text-ink-3 max-md:hidden">{children}</span>
      <Select label="x axis" quiet prefix="x" value={view.x} onChange={view.setX} options={axes} />
      <span className="t-small flex items-center gap-2 text-ink-2">
        <span aria-hidden>Smooth</span>
        <SmoothAmount drawing={view.drawing} onChange={view.setSmoothing} />
      </span>
      <BarSeparator />
      <Toggle
        label="Log axis"
        pressed={view.drawing.yScale === 'log'}
        onPressedChange={view.setLog}
        className="t-small w-auto px-2"
      >
        log
      </Toggle>
      <Toggle
        label="Zoom all panels together"
        pressed={view.link}
        onPressedChange={view.setLink}
        className="t-small w-auto px-2"
      >
        link
      </Toggle>
    </div>
  )
}
