import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bandOf } from './band.ts'
import { valuesAt } from './join.ts'
import { m4 } from './m4.ts'
import { quantile, sortedFinite } from './quantile.ts'
import { smooth } from './smoothing.ts'
import { symlog } from './symlog.ts'

/** A Python with NumPy: the one that `npm test` has made. */
const PYTHON = process.env.TRACKSIDE_TEST_PYTHON ?? ''

type Case = { ask: string; xs: Float64Array; ys: Float64Array; with: unknown[]; mine: unknown }

/** The same numbers on every run, new ones for each seed. */
function random(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A noisy random walk with spikes and holes, at uneven x. */
function walk(seed: number, n: number) {
  const next = random(seed)
  const xs = new Float64Array(n)
  const ys = new Float64Array(n)
  let x = 0
  let y = 0
  for (let i = 0; i < n; i++) {
    x += 1 + Math.floor(next() * 5)
    y += next() - 0.5
    xs[i] = x
    ys[i] = next() < 0.01 ? ([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e6][i % 4] as number) : y
  }
  return { xs, ys }
}

function casesOf(seed: number): Case[] {
  const { xs, ys } = walk(seed, 400)
  const span = (xs.at(-1) as number) - (xs[0] as number)
  const cases: Case[] = []
  const ask = (name: string, more: unknown[], mine: unknown) => cases.push({ ask: name, xs, ys, with: more, mine })
  for (const strength of [0.3, 0.9, 0.99]) {
    ask('ema', [strength, span], smooth(xs, ys, { kind: 'ema', strength }, span))
  }
  for (const by of ['points', 'x'] as const) {
    for (const width of [3, 21, 101]) {
      for (const kind of ['mean', 'median'] as const) {
        ask('sliding', [kind, by, width], smooth(xs, ys, { kind, by, width }, span))
      }
      ask('gaussian', [by, width], smooth(xs, ys, { kind: 'gaussian', by, width }, span))
    }
  }
  for (const [from, to, count] of [
    [0, span, 50],
    [span * 0.3, span * 0.6, 37],
  ] as const) {
    const { lows, highs, means } = bandOf(xs, ys, { from, to, count })
    ask('band', [from, to, count], { lows, highs, means })
    ask('m4', [from, to, count], [...m4(xs, ys, { from, to, count })])
  }
  const shares = [0, 0.01, 0.37, 0.5, 0.99, 1]
  ask(
    'quantile',
    shares,
    Float64Array.from(shares, q => quantile(sortedFinite([ys]), q)),
  )
  ask(
    'symlog',
    [0.01],
    ys.map(y => symlog(y, 0.01)),
  )
  const finite = ys.map(y => (Number.isFinite(y) ? y : 0))
  const wanted = Float64Array.from({ length: 200 }, (_, i) => i * 7.5 - 20)
  for (const alignment of ['exact', 'last', 'line'] as const) {
    const mine = valuesAt(xs, finite, wanted, alignment)
    cases.push({ ask: 'at', xs, ys: finite, with: [[...wanted], alignment], mine })
  }
  return cases
}

const asJson = (_: string, value: unknown) =>
  value instanceof Float64Array ? [...value].map(item => (Number.isFinite(item) ? item : String(item))) : value

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

test.skipIf(!PYTHON)('smoothing, band, M4, quantiles and alignment agree with NumPy on random data', () => {
  const cases = [1, 2, 3, 4, 5].flatMap(casesOf)
  const input = cases.map(({ mine: _, ...asked }) => JSON.stringify(asked, asJson)).join('\n')
  const { stdout, stderr } = spawnSync(PYTHON, [join(import.meta.dirname, 'reference.py')], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  expect(stderr).toBe('')
  const answers = stdout.trim().split('\n')
  expect(answers.length).toBe(cases.length)
  for (const [i, one] of cases.entries()) {
    expectNear(one.mine, JSON.parse(answers[i] as string), `${one.ask} ${JSON.stringify(one.with).slice(0, 60)}`)
  }
})
