import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fullWindow } from './axis'
import { dashCoincident } from './coincide'
import type { ChartLine } from './line'
import { gapMarks } from './marks'
import { pairsOf } from './pairs'
import { pixelToX, plotOf, xToPixel, yToPixel } from './plot'

const line = (ys: number[], more: Partial<ChartLine> = {}): ChartLine => ({
  id: 'a',
  name: 'a',
  color: 'var(--run-1)',
  xs: Float64Array.from(ys, (_, i) => i),
  ys: Float64Array.from(ys),
  ...more,
})

const view = { kind: 'step' as const, window: null }

test('every finite point of every line lies inside the plot', () => {
  const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 4 }), lists => {
      const lines = lists.map(ys => line(ys))
      const plot = plotOf(lines, view, 480, 200)
      for (const { xs, ys } of lines) {
        for (const [i, y] of ys.entries()) {
          const px = xToPixel(plot, xs[i] as number)
          const py = yToPixel(plot, y)
          expect(px).toBeGreaterThanOrEqual(plot.left - 1e-6)
          expect(px).toBeLessThanOrEqual(plot.left + plot.width + 1e-6)
          expect(py).toBeGreaterThanOrEqual(plot.top - 1e-6)
          expect(py).toBeLessThanOrEqual(plot.top + plot.height + 1e-6)
        }
      }
    }),
  )
})

test('a pixel and its x belong together', () => {
  const plot = plotOf([line([1, 2, 3])], { ...view, window: [1000, 5000] }, 480, 200)
  fc.assert(
    fc.property(fc.double({ min: 1000, max: 5000, noNaN: true }), x => {
      expect(pixelToX(plot, xToPixel(plot, x))).toBeCloseTo(x, 6)
    }),
  )
})

test('x grows in steps: a point more rarely moves the axis', () => {
  const ends = new Set(
    Array.from({ length: 200 }, (_, i) => fullWindow([line(new Array(1001 + i).fill(1))], 'step')[1]),
  )
  expect(ends.size).toBeLessThanOrEqual(6)
})

test('a log axis has no place for what is not positive, and breaks the line there', () => {
  const plot = plotOf([line([1, 0, 100])], { ...view, yScale: 'log' as const }, 480, 200)
  expect(yToPixel(plot, 0)).toBeNaN()
  expect([plot.y.low, plot.y.high]).toEqual([1, 100])
  expect([...pairsOf(line([1, 0, 100]), Float64Array.of(1, 0, 100), plot, 1)]).toEqual([0, 0, 1, Number.NaN, 2, 2])
})

test('a log axis of less than a decade keeps to its part of it', () => {
  const { y } = plotOf([line([0.3, 0.32])], { ...view, yScale: 'log' as const }, 480, 200)
  expect([y.low, y.high, y.ticks.map(tick => tick.label)]).toEqual([0.2, 0.5, ['0.2', '0.3', '0.4', '0.5']])
})

test('a long line is cut to four points a device pixel', () => {
  const long = line(Array.from({ length: 100_000 }, (_, i) => Math.sin(i)))
  const plot = plotOf([long], view, 480, 200)
  expect(pairsOf(long, long.ys, plot, 2).length / 2).toBeLessThanOrEqual(4 * (2 * plot.width + 3))
})

test('of lines that coincide the later is dashed; others keep their stroke', () => {
  const lines = [line([1, 2, 3]), line([1, 2, 3], { id: 'b' }), line([3, 2, 1], { id: 'c' })]
  const dashes = dashCoincident(lines, plotOf(lines, view, 480, 200)).map(each => each.dash ?? 0)
  expect(dashes).toEqual([0, 1, 0])
})

test('a stretch of values that are not finite has one cross at its beginning', () => {
  const lines = [line([1, Number.NaN, Number.NaN, 2, Number.POSITIVE_INFINITY])]
  const marks = gapMarks(lines, plotOf(lines, view, 480, 200))
  expect(marks.map(mark => mark.word)).toEqual(['NaN', '∞'])
})

test('no lines and lines without points still make a plot', () => {
  for (const lines of [[], [line([])], [line([Number.NaN])]]) {
    const plot = plotOf(lines, view, 480, 200)
    expect(plot.y.ticks.length).toBeGreaterThan(1)
    expect(plot.x.high).toBeGreaterThan(plot.x.low)
  }
})
