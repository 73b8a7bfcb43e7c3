'use client'

import { GridComponent } from 'echarts/components'
import { type ECharts, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef, useState } from 'react'
import { frameOption, type Ink, type Picture } from './line-option'
import { type Borrower, createPool } from './live-pool'
import { nearView } from './near-view'
import { paintLines } from './paint-lines'
import { forgetRedraw, type Redraw, redrawSoon } from './redraw-queue'

use([GridComponent, CanvasRenderer])

/** A canvas is borrowed a little before its panel comes into view. */
const watchNearView = nearView('160px')

type Canvas = { chart: ECharts; home: HTMLDivElement; shown: { picture: Picture; ink: Ink } | null }

/** About 6.5 ms to make, 3 to 4 ms to redraw, whatever it shows: so they are few, and they move from panel to panel. */
const pool = createPool<Canvas>(16, () => {
  const home = document.createElement('div')
  home.style.cssText = 'position:absolute;inset:0'
  const chart = init(home, null, { width: 100, height: 100 })
  const canvas: Canvas = { home, chart, shown: null }
  // Whenever ECharts has painted the grid, on an empty canvas, the lines follow.
  chart.getZr().on('rendered', () => {
    const pen = home.querySelector('canvas')?.getContext('2d')
    if (pen && canvas.shown) paintLines(pen, canvas.shown.picture, canvas.shown.ink, chart.getDevicePixelRatio())
  })
  return canvas
})

type Request = { picture: Picture; ink: Ink }

/** One panel's place for a canvas: drawn while in view, a still picture when its canvas is needed elsewhere. */
class Place implements Borrower<Canvas>, Redraw {
  #host: HTMLElement
  #request: Request | null = null
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

  ask(request: Request) {
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
    const { picture, ink } = this.#request
    const { width, height } = picture
    const fresh = !pool.has(this)
    const canvas = pool.lend(this)
    const { chart, home } = canvas
    canvas.shown = this.#request
    if (fresh) this.#host.replaceChildren(home)
    if (chart.getWidth() !== width || chart.getHeight() !== height) chart.resize({ width, height, silent: true })
    chart.setOption(frameOption(picture, ink), { silent: true })
    chart.getZr().flush()
    this.#stale = false
  }

  takeBack({ home }: Canvas) {
    const drawn = home.querySelector('canvas')
    if (!drawn) return
    const picture = document.createElement('canvas')
    picture.width = drawn.width
    picture.height = drawn.height
    picture.style.cssText = `position:absolute;inset:0;width:${drawn.style.width};height:${drawn.style.height}`
    picture.getContext('2d')?.drawImage(drawn, 0, 0)
    this.#host.replaceChildren(picture)
  }

  leave() {
    forgetRedraw(this)
    pool.giveBack(this)
    this.#host.replaceChildren()
  }
}

export type EChartProps = Request

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
