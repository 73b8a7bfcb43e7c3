'use client'

import { useEffect, useRef } from 'react'

/** Runs `act` on a key pressed while nothing is being typed and that nobody else has taken. The ref is handed to `act` once it is on the page. */
export function useHotkey<E extends HTMLElement>(key: string, act: (element: E) => void) {
  const element = useRef<E>(null)
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const at = event.target
      const typing =
        at instanceof HTMLElement && at.matches('input, textarea, select, [contenteditable], [role=menu] *')
      if (event.defaultPrevented || event.key !== key || typing) return
      if (event.metaKey || event.ctrlKey || event.altKey || !element.current) return
      event.preventDefault()
      latest.current(element.current)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [key])
  return element
}
