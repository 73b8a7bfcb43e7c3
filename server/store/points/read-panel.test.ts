import fc from 'fast-check'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { decodeFrame } from '../../../protocol/frame.ts'
import { valuesAt } from '../../../series/join.ts'
import { makeFrames } from '../../testing/agent.ts'
import { mintWorkspace, mintWriter } from '../../testing/factories.ts'
import { pointsOf } from '../../testing/panel-points.ts'
import { Raster } from '../../testing/raster.ts'
import { testDatabase } from '../../testing/test-db.ts'
import { type PanelQuestion, Points } from '../points.ts'
import type { Drawn, SeriesAnswer } from './panel.ts'
import { readPanel } from './read-panel.ts'
import { sealRun } from './seal.ts'
import { checkOf, GivenUp, makeFlag } from './stopping.ts'

const { db } = await testDatabase()
const log = pino({ level: 'silent' })

async function mintRun(points: Points) {
  const { workspaceId } = await mintWorkspace(db)
  const { run, writer } = await mintWriter(db, workspaceId)
  const log = async (keys: string[], from: number, steps: number, value: (step: number, key: number) => number) => {
    for (const body of makeFrames(writer, keys, steps, from * keys.length, value))
      await points.append({ workspaceId, run, writer, frame: decodeFrame(body), body, refused: [] })
  }
  return { workspaceId, run, log, seal: () => db.acrossWorkspaces(tx => sealRun(tx, run)) }
}

const ask = (run: number, question: Partial<PanelQuestion> = {}): PanelQuestion => ({
  starts: new Map([[run, 0]]),
  keys: ['loss'],
  x: 'step',
  window: null,
  width: 300,
  held: [],
  ...question,
})

const fresh = (workspaceId: string, question: PanelQuestion, exactMax?: number) =>
  db.inWorkspace(workspaceId, tx => readPanel(tx, undefined, question, undefined, exactMax ? { exactMax } : {}), {
    repeatableRead: true,
  })

const noise = (i: number, seed: number) => ((Math.imul(i + 1, 2_654_435_761 + 97 * seed) >>> 8) % 65_536) / 65_536
const loss = (i: number) => Math.sin(i / 900) + 0.3 * noise(i, 1) + (i % 31_337 === 777 ? 5 : 0)

test('the picture of an answer equals the picture of all points: by step, by time, along a key that rises or walks', async () => {
  const n = 200_000
  const points = new Points(db, log, () => {})
  const { workspaceId, run, log: write, seal } = await mintRun(points)
  const path = new Float64Array(n)
  for (let i = 1; i < n; i++) path[i] = (path[i - 1] as number) + (noise(i >> 9, 3) < 0.5 ? -1 : 1) * noise(i, 4)
  const values = [loss, (i: number) => 10 * i + noise(i, 2), (i: number) => path[i] as number]
  await write(['loss', 'tokens', 'path'], 0, n, (i, key) => (values[key] as (i: number) => number)(i))
  for (let more = true; more; ) more = (await seal())?.more ?? false
  const times = Float64Array.from({ length: n }, (_, i) => 1_700_000_000_000 + i)
  const ys = Float64Array.from({ length: n }, (_, i) => loss(i))
  const columns = [
    Float64Array.from(ys, (_, i) => i),
    times,
    Float64Array.from(ys, (_, i) => (values[1] as (i: number) => number)(i)),
    path,
  ]
  const along: PanelQuestion['x'][] = [
    'step',
    'time',
    { key: 'tokens', align: 'exact' },
    { key: 'path', align: 'exact' },
  ]
  for (const [i, x] of along.entries()) {
    const xs = columns[i] as Float64Array
    const [low, high] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))]
    for (const [from, to] of [
      [0, 1],
      [0.3, 0.35],
    ] as const) {
      const window: [number, number] = [low + from * (high - low), low + to * (high - low)]
      const { series } = await points.readPanel([workspaceId], ask(run, { x, window }))
      const answer = series[0] as SeriesAnswer
      const shown = pointsOf(answer)
      const [all, drawn] = [new Raster(300, 200), new Raster(300, 200)]
      const upto = answer.cut === null ? n : answer.cut + 1
      all.draw(xs.subarray(0, upto), ys, window, [-2, 7])
      drawn.draw(shown.xs ?? (x === 'time' ? shown.times : shown.steps), shown.values, window, [-2, 7])
      expect(drawn.wrong(all)).toBe(0)
      expect(answer.n).toBeLessThan(n / 3)
      expect(answer.total).toBe(xs.filter(at => at >= window[0] && at <= window[1]).length)
    }
  }
}, 120_000)

test('an overview from spans reaches every extreme within one column, and counts the points of its window', async () => {
  const n = 300_000
  const points = new Points(db, log, () => {})
  const { workspaceId, run, log: write, seal } = await mintRun(points)
  await write(['loss'], 0, n, loss)
  for (let more = true; more; ) more = (await seal())?.more ?? false
  const { rows } = await db.acrossWorkspaces(({ sql }) => sql.query('SELECT FROM metric_span WHERE run = $1', [run]))
  expect(rows.length).toBe(1)
  const width = 60
  for (const window of [null, [20_000, 270_000]] as const) {
    const question = ask(run, { width, window })
    const [exact] = (await fresh(workspaceId, question)).series
    const [overview] = (await fresh(workspaceId, question, 100_000)).series
    expect(overview?.drawn).toMatchObject({ exact: false, total: exact?.drawn?.total, stats: exact?.drawn?.stats })
    const shown = pointsOf(overview?.drawn as Drawn)
    const [from, to] = window ?? [0, n - 1]
    const column = (step: number) => Math.floor(((step - from) / (to - from)) * width)
    const [low, high] = [new Map<number, number>(), new Map<number, number>()]
    for (const [i, step] of shown.steps.entries())
      for (const c of [-1, 0, 1].map(by => column(step) + by)) {
        low.set(c, Math.min(low.get(c) ?? Number.POSITIVE_INFINITY, shown.values[i] as number))
        high.set(c, Math.max(high.get(c) ?? Number.NEGATIVE_INFINITY, shown.values[i] as number))
      }
    for (let i = from; i < to; i++) {
      expect(low.get(column(i))).toBeLessThanOrEqual(loss(i))
      expect(high.get(column(i))).toBeGreaterThanOrEqual(loss(i))
    }
  }
}, 120_000)

const command = fc.oneof(
  fc.record({ do: fc.constant('log' as const), steps: fc.integer({ min: 1, max: 400 }) }),
  fc.record({ do: fc.constant('seal' as const) }),
  fc.record({
    do: fc.constant('ask' as const),
    x: fc.constantFrom<PanelQuestion['x'][]>(
      'step',
      'time',
      'relative',
      { key: 'tokens', align: 'last' },
      { key: 'tokens', align: 'line' },
    ),
    window: fc.option(fc.tuple(fc.nat(600), fc.nat(600)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)),
    width: fc.constantFrom(20, 90),
  }),
)

test('whatever is logged and sealed in between: a kept answer says what a fresh reading says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 3, maxLength: 14 }), async commands => {
      const points = new Points(db, log, () => {})
      const { workspaceId, run, log: write, seal } = await mintRun(points)
      let steps = 0
      for (const one of commands) {
        if (one.do === 'seal') await seal()
        if (one.do === 'log') {
          await write(['loss', 'tokens'], steps, one.steps, (i, key) => (key === 0 ? loss(i) : i * i - 40 * i))
          steps += one.steps
        }
        if (one.do !== 'ask') continue
        const question = ask(run, one)
        const { series: expected } = await fresh(workspaceId, question)
        for (const _ of ['first', 'again']) {
          const { series } = await points.readPanel([workspaceId], question)
          expect(series.map(({ body, ...rest }) => ({ ...rest, body: [...body] }))).toEqual(
            expected.map(({ drawn, name: _name, identity: _identity, extent: _extent, ...rest }) => ({
              ...rest,
              ...drawn,
              body: [...(drawn as Drawn).body],
              hasXs: typeof one.x === 'object',
            })),
          )
        }
      }
    }),
    { numRuns: 25 },
  )
}, 120_000)

test('what a window was asked of is laid over all of its times when it is asked for whole', async () => {
  const points = new Points(db, log, () => {})
  const { workspaceId, run, log: write, seal } = await mintRun(points)
  await write(['loss'], 0, 2_000, loss)
  await seal()
  const [start, end] = [1_700_000_000_000, 1_700_000_001_999]
  await points.readPanel([workspaceId], ask(run, { x: 'time', window: [start, start + 9] }))
  const { series } = await points.readPanel([workspaceId], ask(run, { x: 'time', width: 100 }))
  expect(series[0]).toMatchObject({ domain: [start, end], every: false })
})

test('along another key every point has the x that its alignment says', async () => {
  const points = new Points(db, log, () => {})
  const { workspaceId, run, log: write, seal } = await mintRun(points)
  await write(['loss', 'tokens'], 0, 120, (i, key) => (key === 0 ? loss(i) : 3 * i))
  await seal()
  await write(['loss', 'tokens'], 120, 30, (i, key) => (key === 0 ? loss(i) : 3 * i))
  for (const align of ['exact', 'last', 'line'] as const) {
    const { series } = await points.readPanel([workspaceId], ask(run, { x: { key: 'tokens', align } }))
    const { steps, xs } = pointsOf(series[0] as SeriesAnswer)
    expect(xs).toEqual(
      valuesAt(
        steps,
        steps.map(step => 3 * step),
        steps,
        align,
      ),
    )
    expect(series[0]).toMatchObject({ total: 150, every: true, domain: [0, 447] })
  }
  const none = await points.readPanel([workspaceId], ask(run, { x: { key: 'nothing', align: 'last' } }))
  expect(none.series[0]).toMatchObject({ n: 0, total: 0, domain: null })
})

test('a read whose asker has gone is given up between its batches', async () => {
  const points = new Points(db, log, () => {})
  const { workspaceId, run, log: write, seal } = await mintRun(points)
  await write(['loss'], 0, 120_000, loss)
  for (let more = true; more; ) more = (await seal())?.more ?? false
  const gone = AbortSignal.abort()
  await expect(points.readPanel([workspaceId], ask(run), gone)).rejects.toThrow(GivenUp)
  const flag = makeFlag()
  let asked = 0
  const check = () => {
    if (++asked === 2) Atomics.store(flag, 0, 1)
    checkOf(flag)()
  }
  const read = db.inWorkspace(workspaceId, tx => readPanel(tx, undefined, ask(run), undefined, { check }))
  await expect(read).rejects.toThrow(GivenUp)
  expect(asked).toBe(2)
  expect((await points.readPanel([workspaceId], ask(run))).series[0]).toMatchObject({ total: 120_000 })
}, 60_000)
