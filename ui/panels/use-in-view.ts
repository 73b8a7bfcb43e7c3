'use client'

import { type RefObject, useEffect, useState } from 'react'

/** Whether the element is in view, or nearly; what is far away asks for nothing. */
export function useInView(element: RefObject<HTMLElement | null>): boolean {
  const [inView, setInView] = useState(false)
  useEffect(() => {
    const { current } = element
    if (!current) return
    const observer = new IntersectionObserver(([entry]) => setInView(entry?.isIntersecting ?? false), {
      rootMargin: '240px',
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return inView
}
