import { expect, test } from 'vitest'
import { formatBytes } from './bytes'
import { formatDuration } from './duration'
import { formatRelative } from './moment'
import { formatAligned, formatCount, formatDecade, formatFigure, formatNumber, formatTick } from './number'

test('values keep four significant digits and use prefixes from ten thousand on', () => {
  const cases: [number, string][] = [
    [2.7411, '2.741'],
    [0.0071, '0.0071'],
    [0, '0'],
    [-0.5, '−0.5'],
    [1000, '1000'],
    [9999, '9999'],
    [10_000, '10k'],
    [987_123, '987k'],
    [999_900, '1M'],
    [1_040_000, '1.04M'],
    [3.2e-7, '3.2e−7'],
    [614e15, '614P'],
    [-6.147e20, '−6.15e20'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ]
  for (const [value, text] of cases) expect(formatNumber(value)).toBe(text)
})

test('figures of a narrow column keep three significant digits in at most nine characters', () => {
  const cases: [number, string][] = [
    [0.005312, '0.00531'],
    [0.97, '0.970'],
    [-0.0005312, '−5.31e−4'],
    [0.0009999, '1.00e−3'],
    [12.5, '12.5'],
    [7, '7'],
    [1, '1'],
    [999.96, '1000'],
    [-48_213.7, '−48.2k'],
    [1.5e-300, '1.50e−300'],
    [Number.POSITIVE_INFINITY, '∞'],
  ]
  for (const [value, text] of cases) {
    expect(formatFigure(value)).toBe(text)
    expect(text.length).toBeLessThanOrEqual(9)
  }
})

test('ticks of one axis share their decimals', () => {
  expect([2.6, 2.8, 3].map(v => formatTick(v, 0.2))).toEqual(['2.6', '2.8', '3.0'])
  expect([0, 500, 1000, 1500].map(v => formatTick(v, 500))).toEqual(['0', '500', '1k', '1.5k'])
  expect([0, 20_000, 100_000].map(v => formatTick(v, 20_000))).toEqual(['0', '20k', '100k'])
  expect(formatTick(0.00003, 0.00001)).toBe('3e−5')
  expect(formatTick(-0.2, 0.2)).toBe('−0.2')
})

test('one value that has run away leaves the others their digits', () => {
  expect(formatAligned(2.4341, 9.46e20)).toBe('2.434')
  expect(formatAligned(9.46e20, 9.46e20)).toBe('9.46e20')
  expect(formatTick(1.5e21, 5e20)).toBe('1.5e21')
})

test('values under each other share their decimals', () => {
  expect([2.47, 2.5833, 0.00001].map(v => formatAligned(v, 2))).toEqual(['2.470', '2.583', '1e−5'])
  expect(formatAligned(987_123, 500_000)).toBe('987k')
})

test('decades beyond a thousand are written as powers', () => {
  expect([0.1, 1, 100, 1000, 1e4, 1e-2, 1e-12].map(formatDecade)).toEqual([
    '0.1',
    '1',
    '100',
    '1k',
    '10⁴',
    '10⁻²',
    '10⁻¹²',
  ])
})

test('durations, counts, bytes and moments read as words', () => {
  expect([350, 42_000, 61_000, 26_280_000, 273_600_000].map(formatDuration)).toEqual([
    '350 ms',
    '42 s',
    '1 min 1 s',
    '7 h 18 min',
    '3 d 4 h',
  ])
  expect(formatCount(412_331)).toBe('412,331')
  expect([812, 1_400_000_000, 999_000].map(formatBytes)).toEqual(['812 B', '1.4 GB', '999 kB'])
  expect(formatRelative(0, 720_000)).toBe('12 min ago')
  expect(formatRelative(1000, 2000)).toBe('just now')
})
