import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byStep, DrawnPoints } from './append.ts'
import type { Frame } from './frame.ts'

type Point = { step: number; value: number }

const frameOf = (points: Point[]): Frame => ({
  steps: Float64Array.from(points, p => p.step),
  times: Float64Array.from(points, p => p.value * 10),
  values: Float64Array.from(points, p => p.value),
})

/** The last committed of every step, by step. */
function model(points: Point[]): [number, number][] {
  const last = new Map(points.map(p => [p.step, p.value]))
  return [...last].sort((a, b) => a[0] - b[0])
}

const asPairs = (frame: Frame) => [...frame.steps].map((step, i) => [step, frame.values[i]])

const points = fc.array(fc.record({ step: fc.integer({ min: 0, max: 60 }), value: fc.integer() }), { maxLength: 30 })

test('frames put one after the other draw as the model says', () => {
  fc.assert(
    fc.property(fc.array(points, { maxLength: 12 }), frames => {
      const drawn = new DrawnPoints()
      for (const frame of frames) drawn.put(frameOf(frame))
      expect(asPairs(drawn.drawn())).toEqual(model(frames.flat()))
      expect(drawn.length).toBe(model(frames.flat()).length)
    }),
  )
})

test('columns handed out stay as they are when more is put behind, in order or not', () => {
  const drawn = new DrawnPoints(
    frameOf([
      { step: 1, value: 1 },
      { step: 5, value: 5 },
    ]),
  )
  const before = drawn.drawn()
  drawn.put(frameOf([{ step: 6, value: 6 }]))
  drawn.put(
    frameOf([
      { step: 5, value: 50 },
      { step: 2, value: 2 },
    ]),
  )
  expect(asPairs(before)).toEqual([
    [1, 1],
    [5, 5],
  ])
  expect(asPairs(drawn.drawn())).toEqual([
    [1, 1],
    [2, 2],
    [5, 50],
    [6, 6],
  ])
})

test('times travel with their points', () => {
  expect([
    ...byStep(
      frameOf([
        { step: 2, value: 7 },
        { step: 1, value: 3 },
      ]),
    ).times,
  ]).toEqual([30, 70])
})

test('grows well past its first room', () => {
  const drawn = new DrawnPoints()
  for (let i = 0; i < 5000; i++) drawn.put(frameOf([{ step: i, value: i }]))
  expect(drawn.drawn().values.at(-1)).toBe(4999)
  expect(drawn.length).toBe(5000)
})
