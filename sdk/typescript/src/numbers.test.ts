import { expect, test } from 'vitest'
import { flatten } from './flatten.ts'
import { Refusal, toNumber, toStep } from './numbers.ts'

const refusalOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error instanceof Refusal ? error.message : error
  }
  return null
}

test.each([
  [1.5, 1.5, false],
  [-0, -0, false],
  [Number.NaN, Number.NaN, false],
  [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, false],
  [true, 1, false],
  [false, 0, false],
  [5n, 5, false],
  [2n ** 53n + 1n, 2 ** 53, true],
  [Object(7), 7, false],
  [{ shape: [], dataSync: () => Float32Array.of(0.5) }, 0.5, false],
  [{ toNumber: () => 0.1 }, 0.1, false],
])('%s is a number', (value, number, rounded) => {
  const found = toNumber(value)
  expect(Object.is(found.number, number)).toBe(true)
  expect(found.rounded).toBe(rounded)
})

test.each([
  ['0.5', 'text is not a number'],
  [[1], 'an Array is not a number'],
  [Float64Array.of(1), 'a Float64Array is not a number'],
  [new Date(0), 'a Date is not a number'],
  [() => 1, 'a function is not a number'],
  [Symbol('x'), 'a symbol is not a number'],
  [{ shape: [2, 3], dataSync: () => [] }, 'an array of shape (2, 3) is not a number'],
  [2n ** 5000n, 'a whole number beyond the range of float64'],
])('%s is refused', (value, reason) => {
  expect(refusalOf(() => toNumber(value))).toBe(reason)
})

test('steps are whole numbers within 2^53 - 1', () => {
  expect([0, -3, 2 ** 53 - 1, 4n, true].map(toStep)).toEqual([0, -3, 2 ** 53 - 1, 4, 1])
  for (const step of [0.5, Number.NaN, Number.POSITIVE_INFINITY, '3', null])
    expect(refusalOf(() => toStep(step))).toBe('the step is not a whole number')
  for (const step of [2 ** 53, -(2 ** 60), 2n ** 53n])
    expect(refusalOf(() => toStep(step))).toBe('the step is beyond 2^53 - 1')
})

test('nested objects and Maps flatten with /, null is skipped, one bad item never costs its neighbours', () => {
  const data = {
    loss: 1,
    val: {
      acc: 2,
      none: null,
      gone: undefined,
      deep: new Map<unknown, unknown>([
        ['x', 3],
        [7, 4],
      ]),
    },
    text: 'no',
    get broken() {
      throw new TypeError('boom')
    },
    損失: 5,
    '': 6,
    'a\0b': 7,
    [Symbol('s')]: 8,
  }
  const { keys, values, refused } = flatten(data)
  expect(keys).toEqual(['loss', 'val/acc', 'val/deep/x', '損失'])
  expect(values).toEqual([1, 2, 3, 5])
  expect(refused).toEqual([
    { key: 'val/deep/7', reason: 'the key is not a string' },
    { key: 'text', reason: 'text is not a number' },
    { key: 'broken', reason: 'a value that cannot be read: TypeError' },
    { key: '', reason: 'the key is empty' },
    { key: 'a\0b', reason: 'the key holds a NUL character' },
    { key: 'Symbol(s)', reason: 'the key is not a string' },
  ])
})

test('an object that holds itself is refused at a depth, without harm', () => {
  const data: Record<string, unknown> = { loss: 1 }
  data.self = data
  expect(flatten(data).refused).toEqual([
    { key: expect.stringMatching(/^(self\/)+self$/), reason: 'nested deeper than 64' },
  ])
})
