import { expect, test } from 'vitest'
import { type Borrower, createPool } from './live-pool'

function borrowerOf(visible: boolean) {
  const taken: number[] = []
  const borrower: Borrower<number> = { inView: () => visible, takeBack: thing => taken.push(thing) }
  return { ...borrower, taken }
}

test('the one used longest ago by a borrower out of view is taken back', () => {
  let made = 0
  const pool = createPool(2, () => ++made)
  const [old, older, next] = [borrowerOf(false), borrowerOf(false), borrowerOf(true)]
  pool.lend(older)
  pool.lend(old)
  pool.lend(older)
  expect(pool.lend(next)).toBe(2)
  expect(old.taken).toEqual([2])
  expect(older.taken).toEqual([])
  expect(pool.has(old)).toBe(false)
})

test('only while every borrower is in view are there more than planned, and what comes back is lent again', () => {
  let made = 0
  const pool = createPool(1, () => ++made)
  const [one, other, third] = [borrowerOf(true), borrowerOf(true), borrowerOf(true)]
  pool.lend(one)
  pool.lend(other)
  expect(made).toBe(2)
  pool.giveBack(one)
  expect(pool.lend(third)).toBe(1)
  expect(made).toBe(2)
})
