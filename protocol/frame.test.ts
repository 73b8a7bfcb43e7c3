import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeFrame } from './encode-frame.ts'
import { isProtocolError } from './errors.ts'
import { decodeFrame, type Hole, pointsOf, readFrameHeader } from './frame.ts'
import { FrameBuilder, framesOf, type PointsRecord } from './frame-builder.ts'
import { bitsOf, HARD_VALUES, WRITER } from './golden/values.ts'
import { FRAME_BYTES_MAX, STEP_MAX } from './limits.ts'

const whole = fc.oneof(
  fc.integer({ min: -STEP_MAX, max: STEP_MAX }),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(STEP_MAX, -STEP_MAX),
)
const value = fc.oneof(fc.double(), fc.float(), fc.constantFrom(...HARD_VALUES))
const key = fc.oneof(
  fc.constantFrom('loss', 'acc', 'lr', '損失', '🔥'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter(k => !k.includes('\0') && k.isWellFormed()),
)
const record = fc.record({
  gap: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 1e9 })),
  step: whole,
  time: whole,
  points: fc.array(fc.tuple(key, value), { minLength: 1, maxLength: 12 }),
})
const journal = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 52 }), fc.array(record, { minLength: 1, maxLength: 40 }))
  .map(([first, records]) => {
    const items: (PointsRecord | Hole)[] = []
    let seq = first
    for (const { gap, step, time, points } of records) {
      if (gap > 0) items.push({ first: seq, count: gap })
      seq += gap
      items.push({ seq, step, time, keys: points.map(p => p[0]), values: Float64Array.from(points, p => p[1]) })
      seq += points.length
    }
    return items
  })

function expected(items: (PointsRecord | Hole)[], fromSeq = 0) {
  return items
    .flatMap(item =>
      'count' in item
        ? []
        : item.keys.map((key, i) => ({
            seq: item.seq + i,
            key,
            step: item.step,
            time: item.time,
            value: bitsOf(item.values[i]!),
          })),
    )
    .filter(point => point.seq >= fromSeq)
}

test('any journal, cut at any size, gives back every point in order, and frames follow each other without a gap', () => {
  fc.assert(
    fc.property(journal, fc.integer({ min: 400, max: 4000 }), (items, bytesMax) => {
      const frames = [...framesOf(WRITER, items, bytesMax)]
      let next = -1
      const points = frames.flatMap(bytes => {
        expect(bytes.length).toBeLessThanOrEqual(bytesMax)
        const frame = decodeFrame(bytes)
        if (next >= 0) expect(frame.first).toBe(next)
        next = frame.last + 1
        expect(readFrameHeader(bytes)).toMatchObject({ writer: WRITER, first: frame.first, last: frame.last })
        expect(Buffer.compare(encodeFrame(frame), bytes)).toBe(0)
        return [...pointsOf(frame)].map(point => ({ ...point, value: bitsOf(point.value) }))
      })
      expect(points).toEqual(expected(items))
    }),
    { numRuns: 300 },
  )
})

test('reading from any seq gives the points from there on', () => {
  fc.assert(
    fc.property(journal, fc.nat(100), (items, skip) => {
      for (const bytes of framesOf(WRITER, items)) {
        const frame = decodeFrame(bytes)
        const from = frame.first + skip
        const points = [...pointsOf(frame, from)].map(point => ({ ...point, value: bitsOf(point.value) }))
        expect(points).toEqual(expected(items, from))
      }
    }),
    { numRuns: 100 },
  )
})

test('damaged or invented bytes are refused with the typed error and nothing else', () => {
  const good = [...framesOf(WRITER, sample(40, 5))][0]!
  const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255))
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(good.length), (changes, cut) => {
      const bytes = good.slice(0, cut % 7 === 0 ? cut : good.length)
      for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte
      onlyTyped(bytes)
    }),
    { numRuns: 3000 },
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), onlyTyped))
})

function onlyTyped(bytes: Uint8Array): void {
  try {
    for (const _ of pointsOf(decodeFrame(bytes)));
  } catch (error) {
    expect(isProtocolError(error)).toBe(true)
  }
}

test('bytes at any offset of a buffer are read', () => {
  const good = [...framesOf(WRITER, sample(3, 3))][0]!
  const moved = new Uint8Array(good.length + 3)
  moved.set(good, 3)
  expect([...pointsOf(decodeFrame(moved.subarray(3)))]).toEqual([...pointsOf(decodeFrame(good))])
})

test('a record with more points than a frame holds is cut inside', () => {
  const keys = Array.from({ length: 20_000 }, (_, i) => `layer.${i}/gradient/norm`)
  const items = [{ seq: 0, step: 1, time: 2, keys, values: Float64Array.from(keys, (_, i) => i / 3) }]
  const frames = [...framesOf(WRITER, items)]
  expect(frames.length).toBeGreaterThan(1)
  expect(frames.every(bytes => bytes.length <= FRAME_BYTES_MAX)).toBe(true)
  expect(frames.flatMap(bytes => [...pointsOf(decodeFrame(bytes))])).toHaveLength(20_000)
})

test('bits of any NaN survive hot loops', () => {
  const bits = new BigUint64Array([0xfff8000000000000n, 0x7ff8000000000001n, 0xfff8dead00000000n, 0x7ff8000000000000n])
  const values = new Float64Array(bits.buffer)
  for (let i = 0; i < 3000; i++) {
    const builder = new FrameBuilder(WRITER)
    for (let r = 0; r < 3; r++) builder.add({ seq: 4 * r, step: r, time: r, keys: ['a', 'b', 'c', 'd'], values })
    const frame = decodeFrame(builder.take()!)
    const read = frame.shapes[0]!.columns.map(column => new BigUint64Array(column.slice().buffer)[1])
    expect(read).toEqual([...bits])
  }
})

test('a full frame of 100 keys × 60 rows unpacks and packs well under a millisecond', () => {
  const frames = [...framesOf(WRITER, sample(60, 100))]
  expect(frames).toHaveLength(1)
  const bytes = frames[0]!
  const decode = median(() => decodeFrame(bytes))
  const frame = decodeFrame(bytes)
  const encode = median(() => encodeFrame(frame))
  expect(decode).toBeLessThan(1)
  expect(encode).toBeLessThan(1)
})

function median(work: () => unknown): number {
  const times = Array.from({ length: 301 }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return times.toSorted((a, b) => a - b)[150]!
}

function sample(rows: number, width: number): PointsRecord[] {
  const keys = Array.from({ length: width }, (_, i) => `train/metric.${i}`)
  return Array.from({ length: rows }, (_, r) => ({
    seq: r * width,
    step: r,
    time: 1_790_000_000_000 + r * 100 + (r % 3),
    keys,
    values: Float64Array.from(keys, (_, i) => Math.sin(r + i)),
  }))
}
