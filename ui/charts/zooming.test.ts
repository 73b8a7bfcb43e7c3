import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plotOf, xToPixel } from './plot'
import { brushOf, panBy, zoomAbout, zoomOf } from './zooming'

const plot = plotOf([], { kind: 'step', window: [1000, 5000, 2, 6] }, 480, 200)

test('zooming about a place leaves it where it is, and out again is where one was', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: plot.left, max: plot.left + plot.width }),
      fc.double({ min: 0.1, max: 5, noNaN: true }),
      (px, factor) => {
        const window = zoomAbout(plot, null, px, factor)
        const closer = plotOf([], { kind: 'step', window }, 480, 200)
        const share = (px - plot.left) / plot.width
        expect((window[1] - window[0]) / 4000).toBeCloseTo(factor, 6)
        const x = 1000 + share * 4000
        expect((xToPixel(closer, x) - closer.left) / closer.width).toBeCloseTo(share, 6)
      },
    ),
  )
})

test('panning moves x alone, also where x is logarithmic', () => {
  expect(panBy(plot, [1000, 5000, 2, 6], 0.5)).toEqual([3000, 7000, 2, 6])
  const log = plotOf([], { kind: 'step', window: [10, 1000], xScale: 'log' }, 480, 200)
  const [from, to] = panBy(log, null, 0.5)
  expect([Math.round(from), Math.round(to)]).toEqual([100, 10_000])
})

test('a short drag is a click, a flat one marks x, a high one a box', () => {
  const at = [plot.left + 100, plot.top + 50] as const
  expect(brushOf(plot, at, [at[0] + 3, at[1] + 60])).toBeNull()
  expect(zoomOf(plot, brushOf(plot, at, [at[0] + 50, at[1] + 10]) ?? { left: 0, right: 0 })).toHaveLength(2)
  const box = zoomOf(plot, brushOf(plot, [at[0] + 50, at[1] + 60], at) ?? { left: 0, right: 0 })
  expect(box).toHaveLength(4)
  expect((box[3] ?? 0) > (box[2] ?? 0)).toBe(true)
})
