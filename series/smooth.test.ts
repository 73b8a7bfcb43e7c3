import fc from 'fast-check'
import { expect, test } from 'vitest'
import { smoothEma } from './smooth.ts'

/** The definition, written as a weighted mean over all points before. */
function weightedMean(xs: number[], ys: number[], at: number, strength: number, range: number): number {
  const w = Math.min(Math.sqrt(strength), 0.999)
  let sum = 0
  let mass = 0
  for (let i = 0; i <= at; i++) {
    const weight = w ** (((xs[at] as number) - (xs[i] as number)) * (1000 / range))
    sum += weight * (ys[i] as number)
    mass += weight
  }
  return sum / mass
}

test('equals the weighted mean by which it is defined', () => {
  const inputs = fc.tuple(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.double({ min: -100, max: 100, noNaN: true })), {
      minLength: 1,
      maxLength: 40,
    }),
    fc.double({ min: 0.01, max: 0.999, noNaN: true }),
  )
  fc.assert(
    fc.property(inputs, ([points, strength]) => {
      const sorted = [...points].sort((a, b) => a[0] - b[0])
      const xs = sorted.map(p => p[0])
      const ys = sorted.map(p => p[1])
      const smoothed = smoothEma(Float64Array.from(xs), Float64Array.from(ys), strength, 1000)
      for (const [i, y] of smoothed.entries()) expect(y).toBeCloseTo(weightedMean(xs, ys, i, strength, 1000), 6)
    }),
  )
})

test('strength 0 leaves the line as it is', () => {
  const ys = Float64Array.of(3, 1, 4, 1, 5)
  expect([...smoothEma(Float64Array.of(0, 10, 20, 30, 40), ys, 0, 40)]).toEqual([...ys])
})

test('a value that is not finite stays in its place and poisons nothing', () => {
  const xs = Float64Array.of(0, 1, 2, 3)
  const smoothed = smoothEma(xs, Float64Array.of(2, Number.NaN, Number.POSITIVE_INFINITY, 2), 0.9, 3)
  expect([...smoothed]).toEqual([2, Number.NaN, Number.POSITIVE_INFINITY, 2])
})
