import { GridComponent } from 'echarts/components'
import { type ECharts, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { frameOption, type Ink, type Picture } from './line-option'
import { paintLines } from './paint-lines'

use([GridComponent, CanvasRenderer])

export type Shown = { picture: Picture; ink: Ink }

/** A canvas on which ECharts paints the grid and, whenever it has, our own painter the lines. */
export class GridCanvas {
  readonly home = document.createElement('div')
  readonly #chart: ECharts
  #shown: Shown | null = null

  constructor() {
    this.home.style.cssText = 'position:absolute;inset:0'
    this.#chart = init(this.home, null, { width: 100, height: 100 })
    this.#chart.getZr().on('rendered', () => {
      const pen = this.home.querySelector('canvas')?.getContext('2d')
      if (!pen || !this.#shown) return
      paintLines(pen, this.#shown.picture, this.#shown.ink, this.#chart.getDevicePixelRatio())
    })
  }

  show(shown: Shown): void {
    const { width, height } = shown.picture
    const chart = this.#chart
    this.#shown = shown
    if (chart.getWidth() !== width || chart.getHeight() !== height) chart.resize({ width, height, silent: true })
    chart.setOption(frameOption(shown.picture, shown.ink), { silent: true })
    chart.getZr().flush()
  }
}
