import fc from 'fast-check'
import { expect, test } from 'vitest'
import { atOrAfter, atOrBefore, isRising, nearest, nearestAnywhere } from './align.ts'

const rising = fc.array(fc.integer({ min: -50, max: 50 })).map(xs => Float64Array.from(xs.sort((a, b) => a - b)))
const wanted = fc.double({ min: -60, max: 60, noNaN: true })

test('the searches agree with a walk through all items', () => {
  fc.assert(
    fc.property(rising, wanted, (xs, x) => {
      expect(atOrBefore(xs, x)).toBe(xs.findLastIndex(item => item <= x))
      const after = xs.findIndex(item => item >= x)
      expect(atOrAfter(xs, x)).toBe(after < 0 ? xs.length : after)
      const at = nearest(xs, x)
      const walked = nearestAnywhere(xs, x)
      expect(at < 0).toBe(xs.length === 0)
      if (at >= 0) expect(Math.abs((xs[at] as number) - x)).toBe(Math.abs((xs[walked] as number) - x))
    }),
  )
})

test('rising allows repeats', () => {
  expect(isRising(Float64Array.of(1, 1, 2))).toBe(true)
  expect(isRising(Float64Array.of(1, 2, 1))).toBe(false)
})
