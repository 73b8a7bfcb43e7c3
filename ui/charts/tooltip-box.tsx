'use client'

import { useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { Readout, type ReadoutProps } from './readout'

const WIDTH = 212

/** 12 px to the right of the cursor line, to the left where it would leave the window: never over its point. */
export function TooltipBox({ cursor, top, ...readout }: ReadoutProps & { cursor: number; top: number }) {
  const box = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(0)
  const { readings, near } = readout
  const rows = readings.length + (readings.some(({ line, raw }) => line.id === near && raw !== null) ? 0.5 : 0)
  // Rows have a height of their own: only another number of them is measured, not every move.
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are what the height stands on
  useLayoutEffect(() => setHeight(box.current?.offsetHeight ?? 0), [rows])
  const right = cursor + 12
  const x = Math.max(8, right + WIDTH > window.innerWidth - 8 ? cursor - 12 - WIDTH : right)
  const y = Math.max(8, Math.min(top, window.innerHeight - height - 8))
  return createPortal(
    <div
      ref={box}
      style={{ width: WIDTH, transform: `translate(${Math.round(x)}px, ${Math.round(y)}px)` }}
      className="pointer-events-none fixed top-0 left-0 z-50 rounded-md bg-raised pt-1.5 pb-[5px] text-ink shadow-tip [contain:layout_style]"
    >
      <Readout {...readout} />
    </div>,
    document.body,
  )
}
