'use client'

import { type RefObject, useEffect, useState } from 'react'

/** Margins of a plot, about: what the server needs is the width in device pixels, not the last of them. */
export const MARGINS = 60
export const NARROWEST = 64

/** Device pixels of the plot inside `element`, settled: dragging a divider asks once, when it rests. Null until measured. */
export function usePlotWidth(element: RefObject<HTMLElement | null>): number | null {
  const [width, setWidth] = useState<number | null>(null)
  useEffect(() => {
    const { current } = element
    if (!current) return
    let rest: ReturnType<typeof setTimeout> | undefined
    const measure = () => setWidth(Math.max(NARROWEST, Math.round((current.clientWidth - MARGINS) * devicePixelRatio)))
    const observer = new ResizeObserver(() => {
      clearTimeout(rest)
      rest = setTimeout(measure, 150)
    })
    measure()
    observer.observe(current)
    return () => {
      clearTimeout(rest)
      observer.disconnect()
    }
  }, [element])
  return width
}
