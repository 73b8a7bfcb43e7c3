import { nearest } from '@/series/align'
import type { ChartLine } from './line'
import { type Plot, yToPixel } from './plot'

const SAMPLES = 24

/**
 * The lines with a dash more where one lies on another: at most a pixel apart at nine of ten places that both reach.
 * Beyond forty lines nobody could tell dashes apart, and they are left as they are.
 */
export function dashCoincident(lines: readonly ChartLine[], plot: Plot): readonly ChartLine[] {
  if (lines.length < 2 || lines.length > 40) return lines
  const heights = lines.map(line => heightsOf(line, plot))
  const dashes = lines.map(line => line.dash ?? 0)
  for (let i = 1; i < lines.length; i++) {
    for (let j = 0; j < i; j++) {
      if (dashes[i] === dashes[j] && together(heights[i] ?? [], heights[j] ?? []))
        dashes[i] = ((dashes[i] ?? 0) + 1) % 4
    }
  }
  if (lines.every((line, i) => dashes[i] === (line.dash ?? 0))) return lines
  return lines.map((line, i) => (dashes[i] === (line.dash ?? 0) ? line : { ...line, dash: dashes[i] ?? 0 }))
}

function heightsOf({ xs, ys, back }: ChartLine, plot: Plot): number[] {
  return Array.from({ length: SAMPLES }, (_, i) => {
    const x = plot.x.low + ((i + 0.5) / SAMPLES) * (plot.x.high - plot.x.low)
    if (back || xs.length === 0 || x < (xs[0] as number) || x > (xs.at(-1) as number)) return Number.NaN
    return yToPixel(plot, ys[nearest(xs, x)] as number)
  })
}

function together(one: readonly number[], other: readonly number[]): boolean {
  let both = 0
  let near = 0
  for (let i = 0; i < SAMPLES; i++) {
    const away = Math.abs((one[i] as number) - (other[i] as number))
    if (Number.isNaN(away)) continue
    both++
    if (away <= 1) near++
  }
  return both >= 3 && near >= both * 0.9
}
