import { expect, test } from 'vitest'
import type { Frame } from '../../../protocol/frame.ts'
import { Tail, TailFrame } from './tail.ts'

const writer = { no: 0, labels: {}, labelSet: '', kind: 'user' }
const frame: Frame = { writer: '', first: 0, last: 0, keys: ['a'], shapes: [], order: null, holes: [] }
const at = (cursor: number) => new TailFrame(cursor, 0, writer, 0, frame)
const cursors = (frames?: TailFrame[]) => frames?.map(({ cursor }) => cursor)

test('a range is answered whole or not at all', () => {
  const tail = new Tail(1e6)
  for (const cursor of [5, 6, 7]) tail.append(1, 0, cursor, [at(cursor)])
  expect(cursors(tail.between(1, 0, 4, 7))).toEqual([5, 6, 7])
  expect(cursors(tail.between(1, 0, 5, 6))).toEqual([6])
  expect(tail.between(1, 0, 7, 7)).toEqual([])
  expect(tail.between(1, 0, 3, 7)).toBeUndefined()
  expect(tail.between(1, 0, 5, 8)).toBeUndefined()
  expect(tail.between(1, 1, 5, 7)).toBeUndefined()
})

test('a hole in the cursors, or a new epoch, begins anew', () => {
  const tail = new Tail(1e6)
  tail.append(1, 0, 1, [at(1)])
  tail.append(1, 0, 3, [at(3)])
  expect(tail.between(1, 0, 0, 3)).toBeUndefined()
  expect(cursors(tail.between(1, 0, 2, 3))).toEqual([3])
  tail.append(1, 1, 4, [at(4)])
  expect(tail.between(1, 0, 2, 3)).toBeUndefined()
  expect(cursors(tail.between(1, 1, 3, 4))).toEqual([4])
})

test('the budget holds over all runs, the oldest commits go first', () => {
  const tail = new Tail(10 * 512)
  for (let cursor = 1; cursor <= 100; cursor++) for (const run of [1, 2]) tail.append(run, 0, cursor, [at(cursor)])
  expect(tail.bytes).toBeLessThanOrEqual(10 * 512)
  for (const run of [1, 2]) {
    expect(cursors(tail.between(run, 0, 95, 100))).toEqual([96, 97, 98, 99, 100])
    expect(tail.between(run, 0, 90, 100)).toBeUndefined()
  }
})
