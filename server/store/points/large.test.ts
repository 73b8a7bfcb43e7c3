import { pino } from 'pino'
import { expect, test } from 'vitest'
import { decodeFrame } from '../../../protocol/frame.ts'
import { makeFrames } from '../../testing/agent.ts'
import { mintWorkspace, mintWriter } from '../../testing/factories.ts'
import { pointsOf } from '../../testing/panel-points.ts'
import { testDatabase } from '../../testing/test-db.ts'
import { type PanelQuestion, Points } from '../points.ts'
import type { Window } from './choose.ts'
import type { Drawn } from './panel.ts'
import { type ReadSeries, readPanel } from './read-panel.ts'
import { turnRing } from './ring.ts'
import { sealRun } from './seal.ts'

const { db } = await testDatabase()

/** A run with `steps` points of key `a` (step, its sine), most of them sealed, in as many seals. */
async function mintLong(steps: number, seals: number) {
  const points = new Points(db, pino({ level: 'silent' }), () => {})
  const { workspaceId } = await mintWorkspace(db)
  const { run, writer } = await mintWriter(db, workspaceId)
  const frames = makeFrames(writer, ['a'], steps, 0, Math.sin)
  for (const [i, body] of frames.entries()) {
    await points.append({ workspaceId, run, writer, frame: decodeFrame(body), body, refused: [] })
    if (i % Math.ceil(frames.length / seals) === 0) await db.acrossWorkspaces(tx => sealRun(tx, run))
  }
  return { points, workspaceId, run }
}

test('a read that is large is done elsewhere and says the same', async () => {
  const { points, workspaceId, run } = await mintLong(150_000, 4)
  const [whole] = await points.readAll([workspaceId], { runs: [run] })
  expect(whole?.points.steps.length).toBe(150_000)
  expect(whole?.points.values.every((value, i) => value === Math.sin(i))).toBe(true)
  const question: PanelQuestion = {
    starts: new Map([[run, 0]]),
    keys: ['a'],
    x: 'step',
    window: null,
    width: 800,
    held: [],
  }
  const { series, heads } = await points.readPanel([workspaceId], question)
  expect(series[0]).toMatchObject({ total: 150_000, every: false, state: 'full', domain: [0, 149_999] })
  expect(series[0]?.n).toBeLessThanOrEqual(4 * 802)
  expect(heads.get(run)?.cursor).toBeGreaterThan(0)
}, 60_000)

test('series dealt out to threads, and the chunks of one alone, are of one moment and drawn as one thread draws them', async () => {
  const points = new Points(db, pino({ level: 'silent' }), () => {})
  const { workspaceId } = await mintWorkspace(db)
  const { run, writer } = await mintWriter(db, workspaceId)
  const keys = ['a', 'b', 'c']
  /** Points of a key up to each cursor. */
  const counts = [0]
  const log = async (steps: number) => {
    const from = counts.at(-1) as number
    for (const body of makeFrames(writer, keys, steps, from * keys.length, i => Math.sin(i / 100) + (i % 7))) {
      const frame = decodeFrame(body)
      await points.append({ workspaceId, run, writer, frame, body, refused: [] })
      counts.push((counts.at(-1) as number) + frame.shapes.reduce((sum, shape) => sum + shape.steps.length, 0))
    }
  }
  await log(104_000)
  for (let more = true; more; ) more = (await db.acrossWorkspaces(tx => sealRun(tx, run)))?.more ?? false
  const asked = (width: number, of: string[], x: 'step' | 'time' = 'step'): PanelQuestion => ({
    starts: new Map([[run, 0]]),
    keys: of,
    x,
    window: null,
    width,
    held: [],
  })
  const logging = (async () => {
    for (let i = 0; i < 200; i++) await log(5)
  })()
  // More than are drawn at once.
  const widths = Array.from({ length: 9 }, (_, i) => 300 + i)
  const during = await Promise.all(widths.map(width => points.readPanel([workspaceId], asked(width, keys))))
  await logging
  for (const { series, heads } of during)
    expect(series.map(({ total }) => total)).toEqual(keys.map(() => counts[heads.get(run)?.cursor as number]))
  for (const question of [asked(400, keys), asked(401, keys, 'time'), asked(20, ['b'])]) {
    const alone = await db.inWorkspace(workspaceId, tx => readPanel(tx, undefined, question), { repeatableRead: true })
    const { series } = await points.readPanel([workspaceId], question)
    expect(series.map(({ body, total }) => [...body, total])).toEqual(
      alone.series.map(({ drawn }) => [...(drawn as Drawn).body, drawn?.total]),
    )
  }
}, 60_000)

const told = (read: ReadSeries | undefined) => {
  const drawn = read?.drawn as Drawn
  return { ...drawn, points: pointsOf(drawn) }
}

test('an overview shows every extreme, at most one column off', async () => {
  const steps = 60_000
  const { workspaceId, run } = await mintLong(steps, 3)
  const width = 50
  for (const window of [null, [10_000, 50_000]] as (Window | null)[]) {
    const question: PanelQuestion = { starts: new Map([[run, 0]]), keys: ['a'], x: 'step', window, width, held: [] }
    const read = (exactMax?: number) =>
      db.inWorkspace(workspaceId, tx => readPanel(tx, undefined, question, undefined, { exactMax }), {
        repeatableRead: true,
      })
    const exact = told((await read()).series[0])
    const overview = told((await read(20_000)).series[0])
    expect(exact).toMatchObject({ exact: true, every: false })
    expect(overview).toMatchObject({ exact: false, every: false, total: exact?.total, stats: exact?.stats })
    expect(overview?.points.steps.length).toBeLessThanOrEqual(4 * (width + 2))
    const [from, to] = window ?? [0, steps - 1]
    const columns = (points?: { steps: Float64Array; values: Float64Array }) =>
      Map.groupBy(points?.steps.keys() ?? [], i =>
        Math.floor((((points?.steps[i] as number) - from) / (to - from)) * width),
      )
    const shown = columns(overview?.points)
    for (const [column, at] of columns(exact?.points)) {
      if (column < 0 || column >= width) continue
      const values = at.map(i => exact?.points.values[i] as number)
      const near = [column - 1, column, column + 1]
        .flatMap(one => shown.get(one) ?? [])
        .map(i => overview?.points.values[i] as number)
      expect(near).toContain(Math.max(...values))
      expect(near).toContain(Math.min(...values))
    }
  }
}, 60_000)

test('a series that is sealed again and again ends in few chunks, and the ring gives its space back', async () => {
  const { points, workspaceId, run } = await mintLong(5_000, 1)
  const writer = (
    await db.inWorkspace(workspaceId, ({ prisma }) => prisma.metricWriter.findFirstOrThrow({ where: { run } }))
  ).writer
  const id = Buffer.from(writer).toString('hex')
  for (let seq = 5_000; seq < 5_120; seq++) {
    const [body] = makeFrames(id, ['a'], 1, seq) as [Uint8Array]
    await points.append({ workspaceId, run, writer: id, frame: decodeFrame(body), body, refused: [] })
    await db.acrossWorkspaces(tx => sealRun(tx, run))
  }
  const { rows } = await db.acrossWorkspaces(({ sql }) =>
    sql.query<{ n: number }>('SELECT n FROM metric_chunk WHERE run = $1 ORDER BY no', [run]),
  )
  expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(5_120)
  expect(rows.length).toBeLessThanOrEqual(9)
  const axes = await db.acrossWorkspaces(({ sql }) => sql.query('SELECT FROM metric_axis WHERE run = $1', [run]))
  expect(axes.rowCount).toBe(rows.length)
  const emptied = new Set<number>()
  for (let turn = 0; turn < 16 && emptied.size === 0; turn++) {
    const [body] = makeFrames(id, ['a'], 1, 5_120 + turn) as [Uint8Array]
    await points.append({ workspaceId, run, writer: id, frame: decodeFrame(body), body, refused: [] })
    await db.acrossWorkspaces(tx => sealRun(tx, run))
    for (const slot of await turnRing(db, { ageMs: 0, bytes: 0 })) emptied.add(slot)
  }
  expect(emptied.size).toBeGreaterThan(0)
  const [whole] = await points.readAll([workspaceId], { runs: [run] })
  expect([...(whole?.points.steps ?? [])]).toEqual(Array.from({ length: whole?.points.steps.length ?? 0 }, (_, i) => i))
}, 60_000)
