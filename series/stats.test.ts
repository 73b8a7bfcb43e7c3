import { expect, test } from 'vitest'
import { bestOf, extentOf, joinExtents, lastFinite } from './stats.ts'

const ys = Float64Array.of(Number.NaN, 3, -2, Number.POSITIVE_INFINITY, 5, Number.NaN)

test('what is not finite never enters an extent', () => {
  expect(extentOf(ys)).toEqual({ low: -2, high: 5 })
  expect(extentOf(ys, true)).toEqual({ low: 3, high: 5 })
  expect(extentOf(Float64Array.of(Number.NaN))).toBeNull()
  expect(joinExtents(null, { low: 1, high: 2 })).toEqual({ low: 1, high: 2 })
  expect(joinExtents({ low: 0, high: 1 }, { low: 1, high: 2 })).toEqual({ low: 0, high: 2 })
})

test('last and best are positions of finite items', () => {
  expect(lastFinite(ys)).toBe(4)
  expect(bestOf(ys, 'minimize')).toBe(2)
  expect(bestOf(ys, 'maximize')).toBe(4)
  expect(bestOf(new Float64Array(0), 'maximize')).toBe(-1)
})
