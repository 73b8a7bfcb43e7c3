import { expect, test } from 'vitest'
import { shortfall } from './row.ts'
import { quantile } from './statistics.ts'
import { lines, shown } from './table.ts'

test('above a goal it is missed, above a limit worse; below, where higher is better; not measured is neither', () => {
  const figure = { what: 'ack', unit: 'ms', limit: 20, goal: 10 }
  expect(shortfall({ ...figure, value: 21 })).toBe('beyond its limit')
  expect(shortfall({ ...figure, value: 20 })).toBe('goal missed')
  expect(shortfall({ ...figure, value: 10 })).toBeNull()
  expect(shortfall({ what: 'points', unit: '/s', limit: 5, goal: 10, better: 'higher', value: 4 })).toBe(
    'beyond its limit',
  )
  expect(shortfall({ ...figure, value: null, why: 'there is no browser' })).toBeNull()
})

test('a line says the figure, its goal, and the peers, absent ones too', () => {
  const [line] = lines([
    { what: 'ack', unit: 'ms', value: 11, limit: 20, goal: 10, peers: { mlflow: 61.234, aim: null } },
  ])
  expect(line?.replaceAll(/ +/g, ' ')).toBe(' ack 11 ms · limit 20 · goal 10 · GOAL MISSED · mlflow 61.2 · aim –')
  expect(shown(1_234_567)).toBe('1,234,567')
})

test('a quantile is a value that was measured', () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2)
  expect(quantile([3, 1, 2], 0.99)).toBe(3)
})
