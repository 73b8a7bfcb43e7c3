import type { Axis } from './axis'
import type { Ink, Picture } from './line-option'
import { type Plot, xToPixel, yToPixel } from './plot'

const LABEL = 10.5
const TICK = 3
/** ECharts leaves 7 pixels, and puts the middle of a line of text three tenths of its size below its top. */
const UNDER_X = 7 + 0.3 * LABEL
const BESIDE_Y = 6

/** The grid and the axes, where ECharts paints them: what stands there until ECharts is loaded. */
export function paintFrame(pen: CanvasRenderingContext2D, picture: Picture, ink: Ink, ratio: number): void {
  const { plot } = picture
  const bottom = plot.top + plot.height
  pen.save()
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
  pen.lineWidth = 1
  rules(
    pen,
    ink.grid,
    plot.left,
    plot.left + plot.width,
    placesOf(plot.y, at => yToPixel(plot, at)),
  )
  rules(pen, ink.axis, plot.left, plot.left + plot.width, [bottom])
  pen.beginPath()
  for (const px of placesOf(plot.x, at => xToPixel(plot, at))) {
    pen.moveTo(crisp(px), bottom)
    pen.lineTo(crisp(px), bottom + TICK)
  }
  pen.stroke()
  labels(pen, picture, ink)
  pen.restore()
}

function rules(pen: CanvasRenderingContext2D, color: string, from: number, to: number, ys: readonly number[]) {
  pen.strokeStyle = color
  pen.beginPath()
  for (const y of ys) {
    pen.moveTo(from, crisp(y))
    pen.lineTo(to, crisp(y))
  }
  pen.stroke()
}

function labels(pen: CanvasRenderingContext2D, { plot, width }: Picture, ink: Ink) {
  pen.fillStyle = ink.tick
  pen.font = `${LABEL}px ${ink.font}`
  pen.textBaseline = 'middle'
  pen.textAlign = 'right'
  for (const { at, label } of plot.y.ticks) pen.fillText(label, plot.left - BESIDE_Y, yToPixel(plot, at))
  const y = plot.top + plot.height + UNDER_X
  for (const { at, label } of plot.x.ticks) {
    const x = xToPixel(plot, at)
    pen.textAlign = turnsInwards(plot, at, width) ? 'right' : 'center'
    pen.fillText(label, x, y)
  }
}

/** The last label turns inwards where it would leave the chart. */
export function turnsInwards(plot: Plot, at: number, width: number): boolean {
  return at === plot.x.ticks.at(-1)?.at && xToPixel(plot, at) > width - 18
}

const placesOf = (axis: Axis, pixel: (at: number) => number) => axis.ticks.map(tick => pixel(tick.at))

/** In the middle of a pixel, of two the higher number. */
function crisp(place: number): number {
  const halves = Math.round(2 * place)
  return (halves % 2 === 0 ? halves + 1 : halves) / 2
}
