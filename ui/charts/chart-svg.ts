import { LineChart as LineSeries } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { dashCoincident } from './coincide'
import type { ChartLine } from './line'
import { type Ink, lineOption, type Picture } from './line-option'
import { gapMarks } from './marks'

use([LineSeries, GridComponent, SVGRenderer])

export type Drawn = Omit<Picture, 'near'> & {
  readonly title: string
  /** What the picture leaves out or changes, and what x is. */
  readonly truth: string
  readonly ink: Ink
  readonly paper: string
  readonly text: string
}

/** Without quotes: ECharts writes it into an attribute as it is. */
const FONT = 'Geist, Inter, system-ui, sans-serif'

const HEAD = 30
const ROW = 16
const COLUMN = 180
/** Names beyond this many are counted. */
const MOST = 40

/** The chart as a drawing of its own: title, lines, the legend and the truth strip, all of them vectors. */
export function chartSvg(drawn: Drawn): string {
  const { title, truth, width, height, paper, text, plot } = drawn
  const ink = { ...drawn.ink, font: FONT }
  const named = drawn.lines.slice(0, MOST)
  const columns = Math.max(1, Math.floor((width - 16) / COLUMN))
  const legend = Math.ceil(named.length / columns) * ROW + ROW
  const total = HEAD + height + legend + 12
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  const lines = dashCoincident(drawn.lines, plot)
  chart.setOption(lineOption({ ...drawn, lines, near: null }, ink, 2))
  const inner = chart.renderToSVGString()
  chart.dispose()
  const font = `font-family="${FONT}" font-size="11" fill="${xml(ink.tick)}"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}">`,
    `<rect width="100%" height="100%" fill="${xml(paper)}"/>`,
    `<text x="12" y="20" font-family="Geist Mono, ui-monospace, monospace" font-size="13" fill="${xml(text)}">${xml(title)}</text>`,
    `<g transform="translate(0 ${HEAD})">${inner}${crosses(drawn)}</g>`,
    ...named.map((line, at) => legendItem(line, at, columns, HEAD + height + 12, ink, font)),
    `<text x="12" y="${total - 10}" ${font}>${xml(moreOf(drawn.lines.length) + truth)}</text>`,
    '</svg>',
  ].join('')
}

const moreOf = (lines: number) => (lines > MOST ? `${lines - MOST} more lines · ` : '')

function legendItem(line: ChartLine, at: number, columns: number, top: number, ink: Ink, font: string): string {
  const x = 12 + (at % columns) * COLUMN
  const y = top + Math.floor(at / columns) * ROW
  const name = line.name.length > 26 ? `${line.name.slice(0, 25)}…` : line.name
  return `<rect x="${x}" y="${y - 8}" width="8" height="8" rx="2" fill="${xml(ink.of(line.color))}"/><text x="${x + 14}" y="${y}" ${font}>${xml(name)}</text>`
}

function crosses({ lines, plot, ink }: Drawn): string {
  return gapMarks(lines, plot)
    .map(({ px, color }) => {
      const stroke = `stroke="${xml(ink.of(color))}" fill="none"`
      return `<path d="M${px - 3} ${plot.top + 4}l7 7m0-7l-7 7" ${stroke} stroke-width="1.6"/><path d="M${px} ${plot.top + 13}V${plot.top + plot.height}" ${stroke} stroke-dasharray="1 3"/>`
    })
    .join('')
}

const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const xml = (text: string) => text.replace(/[&<>"]/g, c => names[c] ?? c)
