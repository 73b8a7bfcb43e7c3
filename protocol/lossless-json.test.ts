import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromLossless, toLossless } from './lossless-json.ts'

const anything = fc.anything({
  key: fc.oneof(fc.constantFrom('$', 'v', 'loss'), fc.string()),
  values: [fc.string(), fc.boolean(), fc.constant(null), fc.double(), fc.date({ noInvalidDate: true })],
  withNullPrototype: false,
})

test('whatever was said is heard, through JSON', () => {
  fc.assert(
    fc.property(anything, value => {
      expect(fromLossless(JSON.parse(JSON.stringify(toLossless(value) ?? null)))).toEqual(value ?? null)
    }),
  )
})

test('not a number, the infinities, minus zero and moments survive', () => {
  const value = {
    a: Number.NaN,
    b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0],
    at: new Date(7),
    $: { v: 1 },
  }
  expect(fromLossless(JSON.parse(JSON.stringify(toLossless(value))))).toEqual(value)
})
