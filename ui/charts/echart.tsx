'use client'

import { useEffect, useRef, useState } from 'react'
import type { GridCanvas, Shown } from './grid-canvas'
import { type Borrower, createPool } from './live-pool'
import { nearView } from './near-view'
import { paintFrame } from './paint-frame'
import { paintLines } from './paint-lines'
import { forgetRedraw, type Redraw, redrawSoon } from './redraw-queue'

/** A canvas is borrowed a little before its panel comes into view. */
const watchNearView = nearView('160px')

type Engine = typeof import('./grid-canvas')

let engine: Engine | undefined
let loading = false

/** ECharts is 460 kB of script: it comes when the first pictures stand, and paints from the next ones on. */
function loadEngine() {
  if (loading) return
  loading = true
  const load = () => {
    import('./grid-canvas').then(
      loaded => {
        engine = loaded
      },
      () => {
        loading = false
      },
    )
  }
  // Safari has no requestIdleCallback.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(load, { timeout: 3000 })
  else setTimeout(load, 1000)
}

/** About 6.5 ms to make, 3 to 4 ms to redraw, whatever it shows: so they are few, and they move from panel to panel. */
const pool = createPool<GridCanvas>(16, () => {
  if (!engine) throw new Error('ECharts is not loaded')
  return new engine.GridCanvas()
})

/** One panel's place for a canvas: drawn while in view, a still picture when its canvas is needed elsewhere. */
class Place implements Borrower<GridCanvas>, Redraw {
  #host: HTMLElement
  #request: Shown | null = null
  #visible = false
  #stale = false

  constructor(host: HTMLElement) {
    this.#host = host
  }

  inView = () => this.#visible

  place = () => {
    const { left, top, width, height } = this.#host.getBoundingClientRect()
    return { x: left + width / 2, y: top + height / 2 }
  }

  blank = () => !this.#host.hasChildNodes()

  ask(request: Shown) {
    this.#request = request
    this.#stale = true
    if (this.#visible) redrawSoon(this)
  }

  seen(visible: boolean) {
    this.#visible = visible
    if (visible && (this.#stale || !pool.has(this))) redrawSoon(this)
  }

  draw = () => {
    if (!this.#request || !this.#visible) return
    if (engine) {
      const fresh = !pool.has(this)
      const canvas = pool.lend(this)
      if (fresh) this.#host.replaceChildren(canvas.home)
      canvas.show(this.#request)
    } else {
      this.#still(this.#request)
      loadEngine()
    }
    this.#stale = false
  }

  takeBack({ home }: GridCanvas) {
    const drawn = home.querySelector('canvas')
    if (!drawn) return
    const { pen, canvas } = stillOf(drawn.width, drawn.height, drawn.style)
    pen?.drawImage(drawn, 0, 0)
    this.#host.replaceChildren(canvas)
  }

  #still({ picture, ink }: Shown) {
    const { width, height } = picture
    const ratio = devicePixelRatio
    const { pen, canvas } = stillOf(width * ratio, height * ratio, { width: `${width}px`, height: `${height}px` })
    if (!pen) return
    // In its place first: a canvas takes its figures (all of one width) from where it stands.
    this.#host.replaceChildren(canvas)
    paintFrame(pen, picture, ink, ratio)
    paintLines(pen, picture, ink, ratio)
  }

  leave() {
    forgetRedraw(this)
    pool.giveBack(this)
    this.#host.replaceChildren()
  }
}

function stillOf(width: number, height: number, style: { width: string; height: string }) {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  canvas.style.cssText = `position:absolute;inset:0;width:${style.width};height:${style.height}`
  return { canvas, pen: canvas.getContext('2d') }
}

export type EChartProps = Shown

/** The one owner of a canvas: painted in one of the next frames while in view, or not at all. */
export function EChart({ picture, ink }: EChartProps) {
  const host = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<Place | null>(null)

  useEffect(() => {
    const element = host.current
    if (!element) return
    const mine = new Place(element)
    const unwatch = watchNearView(element, near => mine.seen(near))
    setPlace(mine)
    return () => {
      unwatch()
      mine.leave()
    }
  }, [])

  useEffect(() => {
    if (picture.width > 0 && picture.height > 0) place?.ask({ picture, ink })
  }, [place, picture, ink])

  // Without pointer events: ECharts would look for what lies under every move.
  return <div ref={host} aria-hidden className="pointer-events-none absolute inset-0 overflow-hidden" />
}
