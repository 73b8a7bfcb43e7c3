'use client'

import { type RefObject, useEffect, useRef } from 'react'
import type { Zoom } from './line'
import type { Plot } from './plot'
import { panBy, zoomAbout } from './zooming'

type WheelProps = {
  host: RefObject<HTMLElement | null>
  plot: Plot
  window: Zoom | null
  onDraft: (window: Zoom | undefined) => void
  onWindow?: ((window: Zoom | null) => void) | undefined
}

/** The wheel rests this long before the server is asked for what it has found. */
const REST = 180

/** The wheel zooms with Ctrl, ⌘ or Alt, and moves a zoomed window with Shift or sideways; alone it scrolls the page. */
export function useWheel(props: WheelProps): void {
  const { host } = props
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  useEffect(() => {
    const { current } = host
    let rest: ReturnType<typeof setTimeout> | undefined
    const turn = (event: WheelEvent) => {
      const { plot, window, onDraft, onWindow } = latest.current
      const zooms = event.ctrlKey || event.metaKey || event.altKey
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX
      const pans = window && !zooms && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
      if (!current || !onWindow || (!zooms && !pans)) return
      event.preventDefault()
      if (zooms && event.deltaY > 0 && !window) return
      const px = event.clientX - current.getBoundingClientRect().left
      const next = zooms
        ? zoomAbout(plot, window, px, 1.002 ** Math.min(Math.max(event.deltaY, -200), 200))
        : panBy(plot, window, sideways / plot.width)
      latest.current = { ...latest.current, window: next }
      onDraft(next)
      clearTimeout(rest)
      rest = setTimeout(() => {
        onDraft(undefined)
        onWindow(next)
      }, REST)
    }
    current?.addEventListener('wheel', turn, { passive: false })
    return () => {
      clearTimeout(rest)
      current?.removeEventListener('wheel', turn)
    }
  }, [host])
}
