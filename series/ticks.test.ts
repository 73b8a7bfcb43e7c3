import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decadeExtent, linearTicks, logMinorTicks, logTicks, roundExtent, roundStep } from './ticks.ts'
import { clockTicks, durationTicks } from './time-ticks.ts'

test('steps are 1, 2 or 5 times a power of ten', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), fc.integer({ min: 1, max: 12 }), (span, want) => {
      const step = roundStep(span, want)
      const leading = step / 10 ** Math.floor(Math.log10(step) + 1e-9)
      expect([1, 2, 5].some(n => Math.abs(leading - n) < 1e-6)).toBe(true)
      expect(span / step).toBeGreaterThan(want / 3)
      expect(span / step).toBeLessThan(want * 3)
    }),
  )
})

test('ticks are exact decimals', () => {
  expect(linearTicks(2.6, 3.6, 5)).toEqual([2.6, 2.8, 3, 3.2, 3.4, 3.6])
  expect(linearTicks(0, 0.3, 3)).toEqual([0, 0.1, 0.2, 0.3])
  expect(linearTicks(-1, 1, 4)).toEqual([-1, -0.5, 0, 0.5, 1])
  expect(linearTicks(0, 120_000, 6)).toEqual([0, 20_000, 40_000, 60_000, 80_000, 100_000, 120_000])
})

test('an extent is widened to ticks and holds what it held', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      (low, span) => {
        const round = roundExtent(low, low + span, 4)
        const slack = Math.max(Math.abs(low), span) * 1e-8
        expect(round.low).toBeLessThanOrEqual(low + slack)
        expect(round.high).toBeGreaterThanOrEqual(low + span - slack)
        expect(round.high).toBeGreaterThan(round.low)
      },
    ),
  )
})

test('log axes have decades and the marks between them', () => {
  expect(decadeExtent(0.003, 0.02)).toEqual({ low: 0.001, high: 0.1 })
  expect(decadeExtent(1, 1)).toEqual({ low: 1, high: 10 })
  expect(logTicks(0.1, 1000)).toEqual([0.1, 1, 10, 100, 1000])
  expect(logTicks(1e-12, 1, 4)).toHaveLength(4)
  expect(logMinorTicks(1, 10)).toEqual([2, 3, 4, 5, 6, 7, 8, 9])
})

test('time axes have round clocks', () => {
  expect(durationTicks(0, 3_600_000, 4)).toEqual([0, 900_000, 1_800_000, 2_700_000, 3_600_000])
  const noon = Date.UTC(2026, 10, 23, 12)
  expect(clockTicks(noon + 1, noon + 7_200_000, 2, 3_600_000)).toEqual([noon + 3_600_000, noon + 7_200_000])
})
