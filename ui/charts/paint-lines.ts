import type { ChartLine } from './line'
import { bandOn } from './line-band'
import type { Ink, Picture } from './line-option'
import { styleOf } from './line-style'
import { plainLook } from './look'
import { pairsOf } from './pairs'
import type { Plot } from './plot'
import { scaled } from './scale'
import { type Trace, trace, traceBand, traceMarks } from './trace'

type Pen = CanvasRenderingContext2D

/** Strength of what stands behind a line: its values before smoothing, its band. */
const RAW = 0.2
const BAND = 0.125

/**
 * All lines of a picture on a canvas that shows its grid: what stands behind lines first, the heavy one last.
 * ECharts' line series took 2 to 4 ms a line to take in and to pave the path; this takes its path from the columns.
 */
export function paintLines(pen: Pen, picture: Picture, ink: Ink, ratio: number): void {
  const { plot, lines, look = plainLook } = picture
  pen.save()
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
  pen.beginPath()
  // Half a line more on each side: a line along an end of an axis is seen whole.
  pen.rect(plot.left - 1, plot.top - 1, plot.width + 2, plot.height + 2)
  pen.clip()
  if (look.behind === 'band') for (const line of lines) paintBand(pen, line, plot, ink)
  if (look.behind === 'raw') for (const line of lines) paintRaw(pen, line, plot, ink, ratio)
  const last = lines.filter(line => line.id === picture.near)
  for (const line of lines) if (line.id !== picture.near) paintLine(pen, line, picture, ink, ratio)
  for (const line of last) paintLine(pen, line, picture, ink, ratio)
  pen.restore()
  pen.save()
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
  // A mark at an end of an axis is seen whole.
  for (const line of [...lines.filter(line => line.id !== picture.near), ...last])
    paintMarks(pen, line, picture, ink, ratio)
  pen.restore()
}

function paintLine(pen: Pen, line: ChartLine, picture: Picture, ink: Ink, ratio: number) {
  const style = styleOf(line, picture)
  if (style.width === 0) return
  pen.strokeStyle = ink.of(line.color)
  stroke(pen, { points: pointsOf(line, picture, ratio), ...style }, style.width, ratio)
}

function paintMarks(pen: Pen, line: ChartLine, picture: Picture, ink: Ink, ratio: number) {
  const { mark } = styleOf(line, picture)
  if (mark === 0) return
  pen.fillStyle = ink.of(line.color)
  pen.beginPath()
  traceMarks(pen, pointsOf(line, picture, ratio), mark / 2, picture.plot)
  pen.fill()
}

/** The points of a line on the chart; with a band and nothing smoothed, its means. */
function pointsOf(line: ChartLine, { plot, look = plainLook }: Picture, ratio: number): Float64Array {
  const banded = look.behind === 'band' && !line.back && !line.raw
  return onPlot(banded ? bandOn(line, plot).means : pairsOf(line, line.ys, plot, ratio), plot)
}

/** Where there is more than a point a device pixel, wide lines are laid out of hairlines. */
function stroke(pen: Pen, what: Trace, width: number, ratio: number) {
  if (isDense(what.points, ratio)) return strokeHair(pen, what, width, ratio)
  pen.lineWidth = width
  pen.lineJoin = 'round'
  pen.lineCap = what.dash.length > 0 ? 'butt' : 'round'
  pen.setLineDash([...what.dash])
  pen.beginPath()
  trace(pen, { ...what, dash: [] }, 0)
  pen.stroke()
  pen.setLineDash([])
}

/**
 * One device pixel wide, as often as it takes, half a pixel apart: Skia draws such lines as they are, wider ones by their
 * outline. 100 lines of 3,200 points: 27 ms a layer against 450 ms. Dashes go by x, and leave out nothing that stands out.
 */
function strokeHair(pen: Pen, what: Trace, width: number, ratio: number) {
  const layers = Math.ceil(width * ratio)
  const apart = layers > 1 ? (width - 1 / ratio) / (layers - 1) : 0
  pen.lineWidth = 1 / ratio
  pen.lineJoin = 'bevel'
  pen.lineCap = 'butt'
  for (let i = 0; i < layers; i++) {
    pen.beginPath()
    trace(pen, what, (i - (layers - 1) / 2) * apart)
    pen.stroke()
  }
}

function isDense(points: Float64Array, ratio: number): boolean {
  const n = points.length / 2
  const length = Math.abs((points[2 * n - 2] as number) - (points[0] as number))
  return n > 64 && n > length * ratio
}

/** The values before smoothing. Hairlines lie over each other, so that dense ones would come out at twice the strength. */
function paintRaw(pen: Pen, line: ChartLine, plot: Plot, ink: Ink, ratio: number) {
  if (!line.raw) return
  const points = onPlot(pairsOf(line, line.raw, plot, ratio), plot)
  const what = { points, dash: [], stepped: false }
  pen.globalAlpha = RAW
  if (isDense(points, ratio)) {
    const aside = asideFor(pen.canvas)
    aside.setTransform(ratio, 0, 0, ratio, 0, 0)
    aside.clearRect(0, 0, pen.canvas.width, pen.canvas.height)
    aside.strokeStyle = ink.of(line.color)
    strokeHair(aside, what, 1 / ratio, ratio)
    const { left, top, width, height } = plot
    const part = [left * ratio, top * ratio, width * ratio, height * ratio] as const
    pen.drawImage(aside.canvas, ...part, left, top, width, height)
  } else {
    pen.strokeStyle = ink.of(line.color)
    stroke(pen, what, RAW_WIDTH, ratio)
  }
  pen.globalAlpha = 1
}

/** A stroke of 1 px or less is a hairline to Skia. */
const RAW_WIDTH = 1.05

let beside: Pen | null = null

/** An invisible canvas of the same size, for all charts. */
function asideFor({ width, height }: HTMLCanvasElement): Pen {
  beside ??= document.createElement('canvas').getContext('2d')
  if (!beside) throw new Error('The browser gives no canvas')
  const { canvas } = beside
  if (canvas.width < width) canvas.width = width
  if (canvas.height < height) canvas.height = height
  return beside
}

function paintBand(pen: Pen, line: ChartLine, plot: Plot, ink: Ink) {
  if (line.back) return
  const { lows, highs } = bandOn(line, plot)
  pen.globalAlpha = BAND
  pen.fillStyle = ink.of(line.color)
  pen.beginPath()
  traceBand(pen, onPlot(lows, plot), onPlot(highs, plot))
  pen.fill()
  pen.globalAlpha = 1
}

/** The same pairs, now in CSS pixels of the chart. */
function onPlot(pairs: Float64Array, { left, top, width, height, x, y }: Plot): Float64Array {
  const xFrom = scaled(x.scale, x.low)
  const yFrom = scaled(y.scale, y.low)
  const xBy = width / (scaled(x.scale, x.high) - xFrom)
  const yBy = height / (scaled(y.scale, y.high) - yFrom)
  for (let i = 0; i < pairs.length; i += 2) {
    pairs[i] = left + ((pairs[i] as number) - xFrom) * xBy
    pairs[i + 1] = top + height - ((pairs[i + 1] as number) - yFrom) * yBy
  }
  return pairs
}
