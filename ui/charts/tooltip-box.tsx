'use client'

import { useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { Readout, type ReadoutProps } from './readout'

/** 12 px to the right of the cursor line, to the left where it would leave the window: never over its point. */
export function TooltipBox({ cursor, top, ...readout }: ReadoutProps & { cursor: number; top: number }) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const { offsetWidth: width, offsetHeight: height } = element
    const right = cursor + 12
    const left = right + width > window.innerWidth - 8 ? cursor - 12 - width : right
    element.style.left = `${Math.max(8, left)}px`
    element.style.top = `${Math.max(8, Math.min(top, window.innerHeight - height - 8))}px`
  })
  return createPortal(
    <div
      ref={box}
      className="pointer-events-none fixed z-50 w-[212px] rounded-md bg-raised pt-1.5 pb-[5px] text-ink shadow-tip"
    >
      <Readout {...readout} />
    </div>,
    document.body,
  )
}
