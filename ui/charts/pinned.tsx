'use client'

import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatNumber } from '@/ui/format/number'
import { IconButton } from '@/ui/kit/button'
import { CopyButton } from '@/ui/kit/copy-button'
import { Popover, PopoverAnchor, PopoverContent } from '@/ui/kit/popover'
import { Swatch } from '@/ui/kit/swatch'
import { Table, Td, Th, Tr } from '@/ui/kit/table'
import type { ChartLine, XKind } from './line'
import { type Plot, xToPixel } from './plot'
import { inOrder, type Reading, readAt } from './reading'
import { sayX } from './x-words'

export type PinnedProps = {
  title: string
  kind: XKind
  x: number
  plot: Plot
  lines: readonly ChartLine[]
  near: string | null
  goal: 'minimize' | 'maximize'
  onClose: () => void
  /** Below the table. */
  children?: ReactNode
}

/** The values at one x, that stay until they are let go: every line, nearest first, each to be copied whole. */
export function Pinned({ title, kind, x, plot, lines, near, goal, onClose, children }: PinnedProps) {
  const readings = inOrder(readAt(lines, plot, x), near, goal)
  const found = readings.filter(reading => !reading.missing)
  const px = Math.min(Math.max(xToPixel(plot, x), plot.left), plot.left + plot.width)
  const smoothed = found.some(({ raw }) => raw !== null)
  const text = found.map(({ line, y, raw }) => [line.name, x, raw ?? y, ...(smoothed ? [y] : [])].join('\t')).join('\n')
  return (
    <Popover open onOpenChange={open => !open && onClose()}>
      <PopoverAnchor
        className="pointer-events-none absolute"
        style={{ left: px, top: plot.top, height: plot.height }}
      />
      <svg aria-hidden className="pointer-events-none absolute inset-0 size-full">
        <line
          x1={px}
          x2={px}
          y1={plot.top}
          y2={plot.top + plot.height}
          stroke="var(--chart-cross)"
          strokeDasharray="3 2"
        />
      </svg>
      <PopoverContent
        side="right"
        align="start"
        sideOffset={12}
        aria-label={`Values of ${title} at ${sayX(kind, x)}`}
        className="w-[300px] max-w-[calc(100vw-16px)] p-0"
        onInteractOutside={event => event.preventDefault()}
      >
        <div className="flex h-8 items-center gap-1 border-line border-b pr-1 pl-3">
          <b className="t-small min-w-0 flex-1 truncate font-semibold">{sayX(kind, x)}</b>
          <CopyButton text={text} look="quiet" size="small" title="Copy all values" />
          <IconButton size="small" label="Let go" onClick={onClose}>
            <X aria-hidden />
          </IconButton>
        </div>
        <div className="max-h-64 overflow-y-auto px-1.5">
          <Table>
            <thead className="sr-only">
              <tr>
                <Th>Line</Th>
                <Th numeric>Value</Th>
                {smoothed ? <Th numeric>Raw</Th> : null}
              </tr>
            </thead>
            <tbody>
              {readings.map(reading => (
                <PinnedRow key={reading.line.id} {...{ reading, smoothed }} near={reading.line.id === near} />
              ))}
            </tbody>
          </Table>
        </div>
        {children}
      </PopoverContent>
    </Popover>
  )
}

function PinnedRow({ reading, near, smoothed }: { reading: Reading; near: boolean; smoothed: boolean }) {
  const { line, y, raw, missing } = reading
  return (
    <Tr className={near ? 'bg-selected font-semibold' : ''}>
      <Td>
        <span className="flex max-w-36 items-center gap-1.5">
          <Swatch color={line.color} title="" />
          <span className="truncate" title={line.name}>
            {line.name}
          </span>
        </span>
      </Td>
      <Td numeric>{missing ? '–' : formatNumber(y, 6)}</Td>
      {smoothed ? <Td numeric>{missing || raw === null ? '–' : formatNumber(raw, 6)}</Td> : null}
    </Tr>
  )
}
