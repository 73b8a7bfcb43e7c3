import { expect, test } from 'vitest'
import { missed } from './row.ts'
import { quantile } from './statistics.ts'
import { lines, shown } from './table.ts'

test('a goal is missed above it, or below it where higher is better; what was not measured misses none', () => {
  const figure = { what: 'ack', unit: 'ms', goal: 10 }
  expect(missed({ ...figure, value: 11 })).toBe(true)
  expect(missed({ ...figure, value: 10 })).toBe(false)
  expect(missed({ ...figure, value: 9, better: 'higher' })).toBe(true)
  expect(missed({ ...figure, value: null, why: 'there is no browser' })).toBe(false)
})

test('a line says the figure, its goal, and the peers, absent ones too', () => {
  const [line] = lines([{ what: 'ack', unit: 'ms', value: 11, goal: 10, peers: { mlflow: 61.234, aim: null } }])
  expect(line?.replaceAll(/ +/g, ' ')).toBe(' ack 11 ms · goal 10 MISSED · mlflow 61.2 · aim –')
  expect(shown(1_234_567)).toBe('1,234,567')
})

test('a quantile is a value that was measured', () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2)
  expect(quantile([3, 1, 2], 0.99)).toBe(3)
})
