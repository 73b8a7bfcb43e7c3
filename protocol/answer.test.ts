import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeParts, encodePart, PartSplitter } from './answer.ts'
import { isProtocolError } from './errors.ts'
import { bitsOf } from './golden/values.ts'

/** Differences of any width around any smallest one. */
const packable = fc
  .tuple(
    fc.integer(),
    fc.integer(),
    fc
      .integer({ min: 0, max: 31 })
      .chain(bits => fc.array(fc.integer({ min: 0, max: 2 ** bits - 1 }), { minLength: 8, maxLength: 60 })),
  )
  .map(([first, least, excesses]) => {
    let item = first
    return [first, ...excesses.map(excess => (item += least + excess))]
  })

const part = fc.record({
  name: fc.string(),
  steps: fc.oneof(fc.array(fc.maxSafeInteger(), { maxLength: 20 }), packable),
  values: fc.array(fc.double(), { maxLength: 20 }),
})
const parts = fc.array(part, { maxLength: 6 })

const encode = (list: { name: string; steps: number[]; values: number[] }[]) =>
  Buffer.concat(
    list.map(({ name, steps, values }) =>
      encodePart({ name, steps: steps.length, values: values.length }, [
        { whole: Float64Array.from(steps) },
        { floats: Float64Array.from(values) },
      ]),
    ),
  )

function read({ json, columns }: ReturnType<typeof decodeParts> extends Generator<infer P> ? P : never) {
  const { name, steps, values } = json as { name: string; steps: number; values: number }
  return {
    name,
    steps: [...columns.whole(steps, 'steps')],
    values: Array.from(columns.floats(values, 'values'), bitsOf),
  }
}

const told = (list: { name: string; steps: number[]; values: number[] }[]) =>
  list.map(one => ({ ...one, steps: one.steps.map(step => step + 0), values: one.values.map(bitsOf) }))

test('an answer gives its parts back, whole or in pieces of any size', () => {
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 200 }), (list, size) => {
      const bytes = encode(list)
      expect([...decodeParts(bytes)].map(read)).toEqual(told(list))
      const splitter = new PartSplitter()
      const read_ = []
      for (let at = 0; at < bytes.length; at += size)
        for (const one of splitter.push(bytes.subarray(at, at + size))) read_.push(read(one))
      expect(read_).toEqual(told(list))
      expect(splitter.pending).toBe(0)
    }),
  )
})

test('damaged answers are refused with the typed error', () => {
  fc.assert(
    fc.property(parts, fc.nat(), fc.nat(255), (list, at, byte) => {
      const bytes = encode(list)
      if (bytes.length > 0) bytes[at % bytes.length] = byte
      try {
        for (const { json, columns } of decodeParts(bytes)) {
          const { steps, values } = Object(json)
          columns.whole(Math.min(70, Number(steps) || 0), 'steps')
          columns.floats(Math.min(20, Number(values) || 0), 'values')
        }
      } catch (error) {
        expect(isProtocolError(error)).toBe(true)
      }
    }),
  )
})

test('a column of an answer takes the bits that its differences need', () => {
  const steps = Float64Array.from({ length: 8_001 }, (_, i) => 125 * i + ((i * 7_919) % 100))
  const bytes = encodePart({}, [{ whole: steps }])
  expect(bytes.length).toBeLessThan((9 * 8_001) / 8)
  const [found] = [...decodeParts(bytes)]
  expect(found?.columns.whole(8_001, 'steps')).toEqual(steps)
})
