'use client'

import { useEffect, useState } from 'react'
import type { Crosshair } from './crosshair'

/** A pointer on its way redraws no canvas: the line it has come to is drawn heavier when it has rested so long. */
const REST = 120

/** The line of this chart that the reader rests on; null while it is none. */
export function useNear(crosshair: Crosshair, owner: object): string | null {
  const [near, setNear] = useState<string | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let mine = false
    const settle = () => {
      const pointed = crosshair.get()
      setNear(pointed?.owner === owner ? pointed.near : null)
    }
    const leave = crosshair.subscribe(() => {
      const was = mine
      mine = crosshair.get()?.owner === owner
      if (!mine && !was) return
      clearTimeout(timer)
      timer = setTimeout(settle, REST)
    })
    return () => {
      clearTimeout(timer)
      leave()
    }
  }, [crosshair, owner])
  return near
}
