'use client'

import { type RefObject, useEffect, useState } from 'react'

/** The element's inner size in whole CSS pixels, 0 × 0 until it is known. */
export function useSize(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const { current } = element
    if (!current) return
    const observer = new ResizeObserver(() => {
      const width = current.clientWidth
      const height = current.clientHeight
      setSize(before => (before.width === width && before.height === height ? before : { width, height }))
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return size
}
