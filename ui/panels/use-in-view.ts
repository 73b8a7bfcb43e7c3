'use client'

import { type RefObject, useEffect, useState } from 'react'

const told = new WeakMap<Element, (inView: boolean) => void>()
let watcher: IntersectionObserver | undefined

/** One observer for all: each of a hundred would look at every frame of a scroll. */
function theWatcher() {
  watcher ??= new IntersectionObserver(
    entries => {
      for (const { target, isIntersecting } of entries) told.get(target)?.(isIntersecting)
    },
    { rootMargin: '240px' },
  )
  return watcher
}

/** Whether the element is in view, or nearly; what is far away asks for nothing. */
export function useInView(element: RefObject<HTMLElement | null>): boolean {
  const [inView, setInView] = useState(false)
  useEffect(() => {
    const { current } = element
    if (!current) return
    told.set(current, setInView)
    theWatcher().observe(current)
    return () => theWatcher().unobserve(current)
  }, [element])
  return inView
}
