import type { ChartLine } from './line'
import { type Plot, xToPixel, yToPixel } from './plot'

export type GapMark = { readonly id: string; readonly px: number; readonly color: string; readonly word: string }
export type EndMark = { readonly id: string; readonly px: number; readonly py: number; readonly color: string }

/** Crosses beyond this many a line would be a carpet. */
const MOST = 24

/** The first of every stretch of values that are not finite, at least four pixels apart. */
export function gapMarks(lines: readonly ChartLine[], plot: Plot): GapMark[] {
  const marks: GapMark[] = []
  for (const line of lines) {
    const values = line.raw ?? line.ys
    let last = Number.NEGATIVE_INFINITY
    let count = 0
    for (let i = 0; i < values.length && count < MOST; i++) {
      const value = values[i] as number
      if (Number.isFinite(value) || (i > 0 && !Number.isFinite(values[i - 1] as number))) continue
      const px = xToPixel(plot, line.xs[i] as number)
      if (px < plot.left || px > plot.left + plot.width || px - last < 4) continue
      marks.push({
        id: `${line.id}:${i}`,
        px,
        color: line.color,
        word: Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞',
      })
      last = px
      count++
    }
  }
  return marks
}

/** Where live lines end now, as far as that is in view. */
export function endMarks(lines: readonly ChartLine[], plot: Plot): EndMark[] {
  return lines.flatMap(line => {
    const last = line.ys.findLastIndex(Number.isFinite)
    if (!line.live || last < 0) return []
    const px = xToPixel(plot, line.xs[last] as number)
    const py = yToPixel(plot, line.ys[last] as number)
    const inside = px >= plot.left && px <= plot.left + plot.width && py >= plot.top && py <= plot.top + plot.height
    return inside ? [{ id: line.id, px, py, color: line.color }] : []
  })
}
