import { expect, test } from 'vitest'
import type { ChartLine } from './line'
import { plotOf } from './plot'
import { inOrder, nearestInHeight, readAt } from './reading'
import { summaryOf } from './summary'

const line = (id: string, points: [number, number][], live = false): ChartLine => ({
  id,
  name: id,
  color: 'red',
  live,
  xs: Float64Array.from(points, p => p[0]),
  ys: Float64Array.from(points, p => p[1]),
})

const lines = [
  line('low', [
    [0, 1],
    [500, 1],
    [1000, 1],
  ]),
  line('high', [
    [0, 9],
    [500, 9],
    [1000, 9],
  ]),
  line(
    'short',
    [
      [0, 5],
      [300, 5],
    ],
    true,
  ),
  line('none', []),
]
const plot = plotOf(lines, { kind: 'step', window: null }, 480, 200)

test('every line is read at its nearest point, and says why where it has none', () => {
  const readings = readAt(lines, plot, 520)
  expect(readings.map(r => [r.line.id, r.x, r.y, r.missing])).toEqual([
    ['low', 500, 1, null],
    ['high', 500, 9, null],
    ['short', Number.NaN, Number.NaN, 'after'],
    ['none', Number.NaN, Number.NaN, 'empty'],
  ])
})

test('the nearest line comes first, the rest by value, the best on top; last those without one', () => {
  const readings = readAt(lines, plot, 10)
  const near = nearestInHeight(readings, 0)
  expect(near?.line.id).toBe('high')
  expect(inOrder(readings, 'high', 'minimize').map(r => r.line.id)).toEqual(['high', 'low', 'short', 'none'])
  expect(inOrder(readings, null, 'maximize').map(r => r.line.id)).toEqual(['high', 'short', 'low', 'none'])
})

test('a chart says itself in one line', () => {
  expect(summaryOf('loss', lines.slice(0, 1), 'step')).toBe('loss, one line: low from 1 to 1, last 1 at step 1,000.')
  expect(summaryOf('loss', [], 'step')).toBe('loss: no points yet.')
})
