'use client'

import { LineChart as LineSeries } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { type ECharts, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef, useState } from 'react'
import type { ChartOption } from './line-option'
import { type Borrower, createPool } from './live-pool'
import { nearView } from './near-view'
import { forgetRedraw, type Redraw, redrawSoon } from './redraw-queue'

use([LineSeries, GridComponent, CanvasRenderer])

/** A canvas is borrowed a little before its panel comes into view. */
const watchNearView = nearView('160px')

type Canvas = { chart: ECharts; home: HTMLDivElement }

/** About 6.5 ms to make, 3 to 4 ms to redraw, whatever it shows: so they are few, and they move from panel to panel. */
const pool = createPool<Canvas>(16, () => {
  const home = document.createElement('div')
  // The chart listens to the pointer itself; what the canvas heard of it cost a third of a millisecond a move.
  home.style.cssText = 'position:absolute;inset:0;pointer-events:none'
  return { home, chart: init(home, null, { width: 100, height: 100 }) }
})

type Request = { build: (pixelRatio: number) => ChartOption; width: number; height: number }

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
    const { build, width, height } = this.#request
    const fresh = !pool.has(this)
    const { chart, home } = pool.lend(this)
    if (fresh) {
      chart.clear()
      this.#host.replaceChildren(home)
    }
    if (chart.getWidth() !== width || chart.getHeight() !== height) chart.resize({ width, height, silent: true })
    chart.setOption(build(chart.getDevicePixelRatio()), { replaceMerge: ['series'], silent: true })
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

/** The one owner of a canvas. `build` is called in the frame in which the chart is drawn, or not at all. */
export function EChart({ build, width, height }: EChartProps) {
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
    if (width > 0 && height > 0) place?.ask({ build, width, height })
  }, [place, build, width, height])

  return <div ref={host} aria-hidden className="absolute inset-0 overflow-hidden" />
}
