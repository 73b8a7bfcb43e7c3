import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeFrame, pointsOf } from '../../../protocol/frame.ts'
import { framesOf } from '../../../protocol/frame-builder.ts'
import { piecesOf, pointsFrom } from './pieces.ts'

const record = fc.record({
  keys: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 5 }),
  step: fc.integer({ min: -9, max: 9 }),
  gap: fc.constantFrom(0, 0, 0, 2),
})

test('by key or in order of seq, from any seq on: the same points', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 30 }), fc.nat(120), (records, fromSeq) => {
      let seq = 0
      const journal = records.flatMap(({ keys, step, gap }) => {
        const hole = gap ? [{ first: seq, count: gap }] : []
        seq += gap
        const made = { seq, step, time: seq, keys, values: Float64Array.from(keys, (_, i) => seq + i) }
        seq += keys.length
        return [...hole, made]
      })
      for (const bytes of framesOf('00'.repeat(16), journal)) {
        const frame = decodeFrame(bytes)
        const expected = new Map<string, number[][]>()
        let count = 0
        for (const { key, step, time, value } of pointsOf(frame, fromSeq)) {
          expected.set(key, [...(expected.get(key) ?? []), [step, time, value]])
          count++
        }
        const pieces = piecesOf(frame, fromSeq)
        const found = pieces.map(({ key, steps, times, values }) => [
          key,
          [...steps].map((step, i) => [step, times[i], values[i]]),
        ])
        expect(new Map(found as [string, number[][]][])).toEqual(expected)
        if (fromSeq <= frame.last) expect(pointsFrom(frame, fromSeq)).toBe(count)
        for (const one of pieces)
          for (const other of pieces) if (one.axis === other.axis) expect(one.steps).toEqual(other.steps)
      }
    }),
    { numRuns: 200 },
  )
})
