import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Delta, decodeDelta, encodeDelta } from './delta.ts'

const whole = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })
const column = (item: fc.Arbitrary<number>, n: number) =>
  fc.array(item, { minLength: n, maxLength: n }).map(items => Float64Array.from(items))
const points = fc
  .nat({ max: 5 })
  .chain(n => fc.record({ steps: column(whole, n), times: column(whole, n), values: column(fc.double(), n) }))
const series = fc.record({
  key: fc.constantFrom('loss', 'a/b', 'ключ 🔥', '__proto__'),
  labels: fc.constantFrom<Record<string, string>[]>({}, { rank: '0' }, { rank: '1', host: 'é"' }),
  points,
})
const head = { run: '7', epoch: 1, from: 3, to: 9 }

test('a delta comes back as it was: names, label sets, and every point bit for bit', () => {
  fc.assert(
    fc.property(fc.array(fc.array(series), { minLength: 1, maxLength: 3 }), parts => {
      const deltas: Delta[] = parts.map(series => ({ ...head, series }))
      expect(decodeDelta(Buffer.concat(deltas.map(encodeDelta)))).toEqual(deltas)
    }),
  )
})

test('one tick of 20 keys of 10 ranks is at most 4 kB', () => {
  const one = (value: number) => Float64Array.of(value)
  const series = Array.from({ length: 200 }, (_, i) => ({
    key: `panel/${i % 20}`,
    labels: { rank: String(Math.floor(i / 20)) },
    points: { steps: one(1_000), times: one(1_790_000_000_000 + (i % 20)), values: one(Math.sin(i)) },
  }))
  expect(encodeDelta({ ...head, series }).length).toBeLessThan(4_096)
})
