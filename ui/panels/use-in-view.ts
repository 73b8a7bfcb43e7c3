'use client'

import { type RefObject, useEffect, useState } from 'react'
import { nearView } from '@/ui/charts/near-view'
import { forgetMount, mountNext, mountWhenIdle } from './mount-queue'

/** What is farther away asks for nothing. */
const watchNear = nearView('240px')
/** A screen. */
const watchAhead = nearView('100%')

/** Whether the element is in view, or nearly. */
export function useInView(element: RefObject<HTMLElement | null>): boolean {
  const [inView, setInView] = useState(false)
  useEffect(() => (element.current ? watchNear(element.current, setInView) : undefined), [element])
  return inView
}

/** False until the element has come near the view, or the page was idle with it a screen away; unless it was `near` from the first. */
export function useComeNear(element: RefObject<HTMLElement | null>, near: boolean): boolean {
  const [come, setCome] = useState(near)
  useEffect(() => {
    const { current } = element
    if (!current) return
    const mount = () => setCome(true)
    const leave = [
      watchNear(current, inView => inView && mountNext(mount)),
      watchAhead(current, ahead => (ahead ? mountWhenIdle(mount) : forgetMount(mount))),
    ]
    return () => {
      forgetMount(mount)
      for (const each of leave) each()
    }
  }, [element])
  return come
}
