import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bandOf } from './band.ts'
import { quantile, sortedFinite } from './quantile.ts'
import { type Smoothing, smooth } from './smoothing.ts'
import { symexp, symlog, symlogConstant, symlogTicks } from './symlog.ts'

const value = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -1e3, max: 1e3, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
)
const points = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 500 }), value), { minLength: 1, maxLength: 60 })
  .map(items => {
    const sorted = items.sort((a, b) => a[0] - b[0])
    return { xs: Float64Array.from(sorted, p => p[0]), ys: Float64Array.from(sorted, p => p[1]) }
  })
const smoothing: fc.Arbitrary<Smoothing> = fc.oneof(
  fc.record({ kind: fc.constant('ema' as const), strength: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
  fc.record({
    kind: fc.constantFrom('gaussian' as const, 'mean' as const, 'median' as const),
    by: fc.constantFrom('points' as const, 'x' as const),
    width: fc.integer({ min: 1, max: 200 }),
  }),
)

test('a smoothed line stays between the lowest and the highest of its points, and keeps what is not finite in place', () => {
  fc.assert(
    fc.property(points, smoothing, ({ xs, ys }, how) => {
      const finite = sortedFinite([ys])
      const smoothed = smooth(xs, ys, how, 500)
      expect(smoothed.length).toBe(ys.length)
      for (const [i, y] of smoothed.entries()) {
        if (!Number.isFinite(ys[i] as number)) expect(y).toBe(ys[i])
        else {
          expect(y).toBeGreaterThanOrEqual((finite[0] as number) - 1e-9)
          expect(y).toBeLessThanOrEqual((finite.at(-1) as number) + 1e-9)
        }
      }
    }),
  )
})

test('a flat line stays flat, however it is smoothed', () => {
  fc.assert(
    fc.property(points, smoothing, ({ xs }, how) => {
      for (const y of smooth(xs, new Float64Array(xs.length).fill(0.1), how, 500)) expect(y).toBeCloseTo(0.1, 12)
    }),
  )
})

test('one huge value leaves no error in the means behind it', () => {
  const ys = Float64Array.from({ length: 50 }, (_, i) => (i === 10 ? 1e300 : 0.1))
  const xs = ys.map((_, i) => i)
  const smoothed = smooth(xs, ys, { kind: 'mean', by: 'points', width: 5 }, 50)
  for (const y of smoothed.subarray(13)) expect(y).toBeCloseTo(0.1, 12)
})

test('symlog and its inverse belong together, keep the order and keep zero', () => {
  const real = fc.double({ min: -1e12, max: 1e12, noNaN: true })
  fc.assert(
    fc.property(real, real, fc.constantFrom(1e-6, 0.01, 1, 100), (a, b, c) => {
      expect(Math.abs(symexp(symlog(a, c), c) - a)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(a)))
      if (a < b) expect(symlog(a, c)).toBeLessThanOrEqual(symlog(b, c))
    }),
  )
  expect(symlog(0, 1)).toBe(0)
})

test('ticks of a symlog axis lie within it, rise, and are few', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e9, max: 0, noNaN: true }),
      fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
      (low, high) => {
        const c = symlogConstant(1e-6, Math.max(-low, high))
        const ticks = symlogTicks(low, high, c, 7)
        expect(ticks.length).toBeLessThanOrEqual(10)
        for (const [i, tick] of ticks.entries()) {
          expect(tick >= low && tick <= high).toBe(true)
          if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1] as number)
        }
      },
    ),
  )
})

test('a band holds every finite point of its bucket', () => {
  fc.assert(
    fc.property(points, ({ xs, ys }) => {
      const band = bandOf(xs, ys, { from: 0, to: 500, count: 10 })
      const finite = sortedFinite([ys])
      expect(Math.min(...band.lows, Number.POSITIVE_INFINITY)).toBe(finite[0] ?? Number.POSITIVE_INFINITY)
      expect(Math.max(...band.highs, Number.NEGATIVE_INFINITY)).toBe(finite.at(-1) ?? Number.NEGATIVE_INFINITY)
      for (const [i, mean] of band.means.entries()) {
        expect(mean).toBeGreaterThanOrEqual((band.lows[i] as number) - 1e-9)
        expect(mean).toBeLessThanOrEqual((band.highs[i] as number) + 1e-9)
      }
    }),
  )
})

test('quantiles rise from the lowest to the highest; of nothing there is none', () => {
  expect(quantile(sortedFinite([Float64Array.of(Number.NaN)]), 0.5)).toBeNaN()
  const sorted = sortedFinite([Float64Array.of(3, Number.NaN, 1), Float64Array.of(-2, 0)], true)
  expect([...sorted]).toEqual([1, 3])
  expect([0, 0.5, 1].map(q => quantile(sorted, q))).toEqual([1, 2, 3])
})
