import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import fc from 'fast-check'
import { afterAll, expect, type TestContext, test } from 'vitest'
import { bandOf } from './band.ts'
import { alignments, valuesAt } from './join.ts'
import { m4 } from './m4.ts'
import { quantile, sortedFinite } from './quantile.ts'
import { smooth } from './smoothing.ts'
import { symlog } from './symlog.ts'

/** A Python with NumPy: the one that `npm test` has made. */
const PYTHON = process.env.TRACKSIDE_TEST_PYTHON ?? ''

type Asked = { ask: string; xs: Float64Array; ys: Float64Array; with: unknown[] }

/** One process for all questions, a line each. */
function startNumPy() {
  const child = spawn(PYTHON, [join(import.meta.dirname, 'reference.py')], { stdio: ['pipe', 'pipe', 'inherit'] })
  const said = createInterface(child.stdout)[Symbol.asyncIterator]()
  const written = (_: string, value: unknown) =>
    value instanceof Float64Array ? [...value].map(item => (Number.isFinite(item) ? item : String(item))) : value
  return {
    async ask(asked: Asked): Promise<unknown> {
      child.stdin.write(`${JSON.stringify(asked, written)}\n`)
      const { value, done } = await said.next()
      if (done) throw new Error('NumPy gave up: its words stand above')
      return JSON.parse(value)
    },
    end: () => child.stdin.end(),
  }
}

const numPy = PYTHON ? startNumPy() : null
afterAll(() => numPy?.end())

/** Halves of halves: sums and differences of x have no rounding that the two sides could do differently. */
const quarter = (min: number, max: number) => fc.integer({ min: min * 4, max: max * 4 }).map(n => n / 4)

const value = fc.oneof(
  { weight: 40, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(1e6, 1e12) },
  { weight: 2, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0) },
)

type Points = { xs: Float64Array; ys: Float64Array }

/** Points whose x goes on by what `by` gives: 0 is the same x again. */
function pointsBy(by: fc.Arbitrary<number>, values: fc.Arbitrary<number> = value): fc.Arbitrary<Points> {
  return fc.array(fc.tuple(by, values), { maxLength: 200, size: 'max' }).map(pairs => {
    let x = 0
    const xs = Float64Array.from(pairs, ([step]) => {
      x += step
      return x
    })
    return { xs, ys: Float64Array.from(pairs, pair => pair[1]) }
  })
}

const rising = pointsBy(quarter(0, 5))
const wandering = pointsBy(quarter(-3, 3))
const columns = fc
  .tuple(quarter(-50, 400), quarter(1, 500), fc.integer({ min: 1, max: 60 }))
  .map(([from, width, count]) => ({ from, to: from + width, count }))

function expectNear(mine: unknown, theirs: unknown, what: string): void {
  if (mine instanceof Float64Array && Array.isArray(theirs)) {
    expect(mine.length, what).toBe(theirs.length)
    for (const [i, item] of mine.entries()) {
      const other = Number(String(theirs[i]).replace('inf', 'Infinity').replace('nan', 'NaN'))
      const near =
        Object.is(item, other) || item === other || Math.abs(item - other) <= 1e-9 * Math.max(1, Math.abs(other))
      expect(near, `${what}, item ${i}: ${item}, NumPy has ${other}`).toBe(true)
    }
  } else if (mine && typeof mine === 'object' && !Array.isArray(mine)) {
    for (const [name, column] of Object.entries(mine)) {
      expectNear(column, (theirs as Record<string, unknown>)[name], `${what} ${name}`)
    }
  } else expect(mine, what).toEqual(theirs)
}

/** Of anything that `cases` makes, what is computed here is what NumPy says to the same question. */
async function agrees<T>({ skip }: TestContext, cases: fc.Arbitrary<T>, of: (one: T) => Asked & { mine: unknown }) {
  if (!numPy) return skip('TRACKSIDE_TEST_PYTHON names no Python with NumPy: npm test makes one')
  const property = fc.asyncProperty(cases, async one => {
    const { mine, ...asked } = of(one)
    expectNear(mine, await numPy.ask(asked), `${asked.ask} ${JSON.stringify(asked.with).slice(0, 80)}`)
  })
  await fc.assert(property, { numRuns: 120 })
}

const strength = fc.double({ min: 0.001, max: 0.999, noNaN: true })
const range = quarter(1, 1000)

for (const [order, points] of [
  ['rising', rising],
  ['going back and forth', wandering],
] as const) {
  test(`the time-weighted EMA agrees with NumPy, x ${order}`, context =>
    agrees(context, fc.tuple(points, strength, range), ([{ xs, ys }, strength, range]) => {
      const mine = smooth(xs, ys, { kind: 'ema', strength }, range)
      return { ask: 'ema', xs, ys, with: [strength, range], mine }
    }))

  test(`M4 keeps the points that NumPy keeps, x ${order}`, context =>
    agrees(context, fc.tuple(points, columns, fc.boolean()), ([{ xs, ys }, { from, to, count }, log]) => {
      const mine = [...m4(xs, ys, { from, to, count }, log)]
      return { ask: 'm4', xs, ys, with: [from, to, count, log], mine }
    }))
}

for (const by of ['points', 'x'] as const) {
  const width = by === 'points' ? fc.integer({ min: 2, max: 120 }) : quarter(1, 120)

  for (const kind of ['mean', 'median'] as const) {
    test(`the running ${kind} by ${by} agrees with NumPy`, context =>
      agrees(context, fc.tuple(rising, width), ([{ xs, ys }, width]) => {
        const mine = smooth(xs, ys, { kind, by, width }, 1)
        return { ask: 'sliding', xs, ys, with: [kind, by, width], mine }
      }))
  }

  test(`the Gaussian mean by ${by} agrees with NumPy`, context =>
    agrees(context, fc.tuple(rising, width), ([{ xs, ys }, width]) => {
      const mine = smooth(xs, ys, { kind: 'gaussian', by, width }, 1)
      return { ask: 'gaussian', xs, ys, with: [by, width], mine }
    }))
}

test('the min–max band agrees with NumPy', context =>
  agrees(context, fc.tuple(rising, columns), ([{ xs, ys }, { from, to, count }]) => {
    return { ask: 'band', xs, ys, with: [from, to, count], mine: bandOf(xs, ys, { from, to, count }) }
  }))

// The steps of a series' drawn points rise strictly.
const finite = pointsBy(
  fc.integer({ min: 1, max: 20 }).map(n => n / 4),
  fc.double({ min: -100, max: 100, noNaN: true }),
)
const wanted = fc.array(quarter(-20, 600), { maxLength: 60, size: 'max' }).map(xs => Float64Array.from(xs))

for (const alignment of alignments) {
  test(`a series aligned by "${alignment}" with other places agrees with NumPy`, context =>
    agrees(context, fc.tuple(finite, wanted), ([{ xs, ys }, wanted]) => {
      return { ask: 'at', xs, ys, with: [wanted, alignment], mine: valuesAt(xs, ys, wanted, alignment) }
    }))
}

test('quantiles agree with NumPy', context =>
  agrees(context, fc.tuple(rising, fc.boolean()), ([{ xs, ys }, log]) => {
    const shares = [0, 0.01, 0.37, 0.5, 0.99, 1]
    const sorted = sortedFinite([ys], log)
    const mine = Float64Array.from(shares, share => quantile(sorted, share))
    return { ask: 'quantiles', xs, ys, with: [shares, log], mine }
  }))

test('the symmetric logarithm agrees with NumPy', context =>
  agrees(context, fc.tuple(rising, fc.constantFrom(1e-6, 0.01, 1, 1000)), ([{ xs, ys }, c]) => {
    return { ask: 'symlog', xs, ys, with: [c], mine: ys.map(y => symlog(y, c)) }
  }))
