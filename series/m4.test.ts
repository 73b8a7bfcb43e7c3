import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pick } from './frame.ts'
import { m4 } from './m4.ts'

const WIDTH = 12
const HEIGHT = 16

/** A two-colour raster of 1 px lines, drawn apart from the code under test: Bresenham between rounded pixels, clipped. */
function raster(xs: Float64Array, ys: Float64Array, from: number, to: number, log: boolean): string {
  const lit = new Set<number>()
  const light = (px: number, py: number) => {
    if (px >= 0 && px < WIDTH && py >= 0 && py < HEIGHT) lit.add(py * WIDTH + px)
  }
  const place = (i: number) => {
    const y = ys[i] as number
    if (!Number.isFinite(y) || (log && y <= 0)) return null
    const height = log ? Math.log10(y) * 3 : y
    return [Math.floor((((xs[i] as number) - from) / (to - from)) * WIDTH), Math.floor(height)] as const
  }
  let before: readonly [number, number] | null = null
  for (let i = 0; i < xs.length; i++) {
    const at = place(i)
    if (at) light(at[0], at[1])
    if (at && before) segment(before, at, light)
    before = at
  }
  return [...lit].sort((a, b) => a - b).join()
}

function segment(a: readonly [number, number], b: readonly [number, number], light: (x: number, y: number) => void) {
  const dx = Math.abs(b[0] - a[0])
  const dy = -Math.abs(b[1] - a[1])
  const sx = a[0] < b[0] ? 1 : -1
  const sy = a[1] < b[1] ? 1 : -1
  let [x, y] = a
  let error = dx + dy
  for (;;) {
    light(x, y)
    if (x === b[0] && y === b[1]) return
    const twice = 2 * error
    if (twice >= dy) {
      error += dy
      x += sx
    }
    if (twice <= dx) {
      error += dx
      y += sy
    }
  }
}

const value = fc.oneof(
  { weight: 12, arbitrary: fc.double({ min: -3, max: HEIGHT + 3, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0) },
)
const point = fc.tuple(fc.double({ min: -2, max: 14, noNaN: true }), value)

function columnsOf(points: [number, number][]) {
  return { xs: Float64Array.from(points, p => p[0]), ys: Float64Array.from(points, p => p[1]) }
}

for (const log of [false, true]) {
  for (const order of ['rising', 'back and forth'] as const) {
    test(`the picture of the kept points equals the picture of all, x ${order}${log ? ', log axis' : ''}`, () => {
      fc.assert(
        fc.property(fc.array(point, { maxLength: 120 }), points => {
          const inOrder = order === 'rising' ? [...points].sort((a, b) => a[0] - b[0]) : points
          const { xs, ys } = columnsOf(inOrder)
          const kept = m4(xs, ys, { from: 0, to: 12, count: WIDTH }, log)
          expect(raster(pick(xs, kept), pick(ys, kept), 0, 12, log)).toBe(raster(xs, ys, 0, 12, log))
        }),
        { numRuns: 400 },
      )
    })
  }
}

test('a point that rounds into the first column is of it', () => {
  const { xs, ys } = columnsOf([
    [-5e-324, 0],
    [-5e-324, -5e-324],
    [-3.5e-323, 0],
  ])
  const kept = m4(xs, ys, { from: 0, to: 12, count: WIDTH })
  expect(raster(pick(xs, kept), pick(ys, kept), 0, 12, false)).toBe(raster(xs, ys, 0, 12, false))
})

test('at most four points a column stay of a long rising series, first and last among them', () => {
  const n = 100_000
  const xs = Float64Array.from({ length: n }, (_, i) => i)
  const ys = Float64Array.from({ length: n }, (_, i) => Math.sin(i * 12.9898) * 43758.5453)
  const kept = m4(xs, ys, { from: 0, to: n, count: 500 })
  expect(kept.length).toBeLessThanOrEqual(2000)
  expect(kept[0]).toBe(0)
  expect(kept.at(-1)).toBe(n - 1)
})

test('a single spike survives', () => {
  const ys = new Float64Array(10_000)
  ys[7777] = 9
  const xs = Float64Array.from(ys, (_, i) => i)
  expect([...m4(xs, ys, { from: 0, to: 10_000, count: 100 })]).toContain(7777)
})

test('every kind of value that cannot be drawn stays once a column', () => {
  const ys = Float64Array.of(1, Number.NaN, Number.NaN, Number.POSITIVE_INFINITY, 2, Number.NaN)
  const xs = new Float64Array(6)
  expect([...m4(xs, ys, { from: 0, to: 1, count: 1 })]).toEqual([0, 1, 3, 4, 5])
})

test('no points give no points', () => {
  expect(m4(new Float64Array(0), new Float64Array(0), { from: 0, to: 1, count: 10 })).toHaveLength(0)
})
