import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawn } from './drawn.ts'
import { reviseStats } from './revise-stats.ts'
import { addDrawn, noStats } from './series-stats.ts'

const value = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ noDefaultInfinity: true, min: -9, max: 9 }))
const point = fc.record({ step: fc.integer({ min: 0, max: 30 }), value })
type Point = { step: number; value: number }

const columns = (points: Point[]) => ({
  steps: Float64Array.from(points, ({ step }) => step),
  times: Float64Array.from(points, (_, i) => i),
  values: Float64Array.from(points, one => one.value),
})

test('from the points near those that are new: what counting all of them says, or that all must be counted', () => {
  let [told, asked] = [0, 0]
  fc.assert(
    fc.property(fc.array(point, { maxLength: 40 }), fc.array(point, { minLength: 1, maxLength: 8 }), (old, fresh) => {
      const steps = fresh.map(({ step }) => step)
      const all = columns([...old, ...fresh])
      const inside = [...all.steps.keys()].filter(
        i => (all.steps[i] as number) >= Math.min(...steps) && (all.steps[i] as number) <= Math.max(...steps),
      )
      const near = {
        steps: Float64Array.from(inside, i => all.steps[i] as number),
        times: Float64Array.from(inside, i => all.times[i] as number),
        values: Float64Array.from(inside, i => all.values[i] as number),
      }
      const revised = reviseStats(addDrawn(noStats, drawn([columns(old)])), near, fresh.length)
      asked++
      if (!revised) return
      told++
      const { sum, ...rest } = addDrawn(noStats, drawn([all]))
      expect(revised).toMatchObject(rest)
      expect(revised.sum).toBeCloseTo(sum, 9)
    }),
    { numRuns: 2000 },
  )
  expect(told).toBeGreaterThan(asked / 2)
})
