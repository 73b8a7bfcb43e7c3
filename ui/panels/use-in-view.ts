'use client'

import { type RefObject, useEffect, useState } from 'react'
import { nearView } from '@/ui/charts/near-view'

/** What is far away asks for nothing. */
const watchForReading = nearView('240px')
/** What a quick scroll reaches within a few frames is there already. */
const watchForMounting = nearView('480px')

/** Whether the element is in view, or nearly. */
export function useInView(element: RefObject<HTMLElement | null>): boolean {
  const [inView, setInView] = useState(false)
  useEffect(() => (element.current ? watchForReading(element.current, setInView) : undefined), [element])
  return inView
}

/** False until the element has once come near the view, unless it was `near` from the first. */
export function useComeNear(element: RefObject<HTMLElement | null>, near: boolean): boolean {
  const [come, setCome] = useState(near)
  useEffect(
    () => (element.current ? watchForMounting(element.current, inView => inView && setCome(true)) : undefined),
    [element],
  )
  return come
}
