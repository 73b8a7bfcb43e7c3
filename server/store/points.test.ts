import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { decodeFrame } from '../../protocol/frame.ts'
import { framesOf } from '../../protocol/frame-builder.ts'
import { mintWorkspace } from '../testing/factories.ts'
import { pointsOf } from '../testing/panel-points.ts'
import { testDatabase } from '../testing/test-db.ts'
import { turnRing } from './points/ring.ts'
import { sealRun } from './points/seal.ts'
import { type Answer, addWriter, findReceipt, type Labels, labelSetOf, Points } from './points.ts'

const { db } = await testDatabase()
const log = pino({ level: 'silent' })
const { workspaceId } = await mintWorkspace(db)
const project = `p-${workspaceId}`
await db.inWorkspace(workspaceId, ({ prisma }) =>
  prisma.project.create({ data: { id: project, workspaceId, slug: project, name: project } }),
)

interface Logged {
  key: string
  step: number
  time: number
  value: number
}
interface Writer {
  id: string
  no: number
  labels: Labels
  journal: Logged[]
  /** What the server holds of it. */
  upto: number
}
type Kept = Logged & { labelSet: string; writer: number }

/** The judge: a list of points in order of commit, and nothing clever. */
class Model {
  readonly kept: Kept[] = []
  commit(writer: Writer, upto: number) {
    for (const point of writer.journal.slice(writer.upto + 1, upto + 1))
      this.kept.push({ ...point, labelSet: labelSetOf(writer.labels), writer: writer.no })
    writer.upto = Math.max(writer.upto, upto)
  }
  series() {
    return Map.groupBy(this.kept, ({ key, labelSet }) => `${key} ${labelSet}`)
  }
  static drawn(points: Kept[]) {
    const last = new Map(points.map(point => [point.step, point]))
    return [...last.values()].sort((one, other) => one.step - other.step)
  }
  static stats(points: Kept[]) {
    const drawn = Model.drawn(points)
    const finite = drawn.filter(({ value }) => Number.isFinite(value))
    const pick = (better: (one: number, other: number) => boolean) =>
      finite.reduce<Kept | null>((best, point) => (!best || better(point.value, best.value) ? point : best), null)
    const at = (point: Kept | null | undefined) => (point ? { step: point.step, value: point.value } : null)
    return {
      count: drawn.length,
      nonFinite: drawn.length - finite.length,
      first: at(drawn[0]),
      last: at(drawn.at(-1)),
      min: at(pick((one, other) => one < other)),
      max: at(pick((one, other) => one > other)),
      lastTime: drawn.at(-1)?.time ?? null,
      sum: finite.reduce((sum, { value }) => sum + value, 0),
    }
  }
}

const real = fc.oneof(
  fc.double(),
  fc.integer({ min: -5, max: 5 }),
  fc.constantFrom(-0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
)
const key = fc.constantFrom('loss', 'val/acc', 'ключ 🔥', '__proto__')
const command = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('log' as const),
      writer: fc.nat(2),
      rows: fc.array(
        fc.record({
          keys: fc.array(key, { minLength: 1, maxLength: 4 }),
          step: fc.integer({ min: -3, max: 40 }),
          value: real,
        }),
        { minLength: 1, maxLength: 12 },
      ),
      rising: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      writer: fc.nat(2),
      from: fc.nat(30),
      bytes: fc.integer({ min: 300, max: 2000 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('seal' as const), bytes: fc.integer({ min: 1, max: 3000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      from: fc.integer({ min: -5, max: 45 }),
      span: fc.nat(30),
      by: fc.constantFrom('step' as const, 'time' as const),
    }),
  },
)

async function mintRun(points: Points) {
  const { run } = await db.inWorkspace(workspaceId, ({ prisma }) =>
    prisma.run.create({
      data: { workspaceId, projectId: project, id: randomBytes(8).toString('hex'), name: 'r', ordinal: 1 },
    }),
  )
  const writers: Writer[] = []
  for (const labels of [{}, { rank: '1' }, {}] as Labels[]) {
    const id = randomBytes(16).toString('hex')
    const { no } = await db.inWorkspace(workspaceId, tx =>
      addWriter(tx, { workspaceId, run: Number(run), writer: id, labels, kind: 'user', host: null }),
    )
    writers.push({ id, no, labels, journal: [], upto: -1 })
  }
  return { run: Number(run), writers, points }
}

/** Sends the journal from `from` on, cut into frames of about `bytes`. */
function send(points: Points, run: number, writer: Writer, from: number, bytes: number): Promise<Answer[]> {
  const records = []
  for (let seq = from; seq < writer.journal.length; ) {
    const { step, time } = writer.journal[seq] as Logged
    let end = seq + 1
    while (end < writer.journal.length && writer.journal[end]?.time === time) end++
    const row = writer.journal.slice(seq, end)
    records.push({ seq, step, time, keys: row.map(one => one.key), values: Float64Array.from(row, one => one.value) })
    seq = end
  }
  const frames = [...framesOf(writer.id, records, bytes)]
  return Promise.all(
    frames.map(body =>
      points.append({ workspaceId, run, writer: writer.id, frame: decodeFrame(body), body, refused: [] }),
    ),
  )
}

async function judge(points: Points, run: number, model: Model, writers: Writer[]) {
  const whole = await points.readAll([workspaceId], { runs: [run] })
  const found = whole.map(({ row, points: { steps, times, values }, writers: runs }) => {
    const owners = runs.flatMap(({ writer, count }) => Array<number>(count).fill(writer))
    return [`${row.key} ${row.labelSet}`, [...steps].map((step, i) => [step, times[i], values[i], owners[i]])]
  })
  const expected = [...model.series()].map(([name, list]) => [name, list.map(p => [p.step, p.time, p.value, p.writer])])
  expect(new Map(found as [string, unknown][])).toEqual(new Map(expected as [string, unknown][]))
  const stats = await points.readStats([workspaceId], { runs: [run] })
  expect(stats.length).toBe(model.series().size)
  for (const { row, stats: read } of stats) {
    const { sum, ...rest } = Model.stats(model.series().get(`${row.key} ${row.labelSet}`) ?? [])
    expect(read).toMatchObject(rest)
    if (Number.isFinite(sum) && Number.isFinite(read.sum))
      expect(Math.abs(read.sum - sum)).toBeLessThanOrEqual(Math.abs(sum) * 1e-9 + 1e300 * 1e-12)
  }
  for (const writer of writers) {
    const receipt = await db.inWorkspace(workspaceId, tx => findReceipt(tx, run, writer.id))
    expect(receipt).toEqual({ stored: writer.upto + 1, refused: 0, upto: writer.upto })
  }
}

async function judgeWindow(points: Points, run: number, model: Model, x: 'step' | 'time', from: number, to: number) {
  const panel = await points.readPanel([workspaceId], {
    starts: new Map([[run, 0]]),
    keys: ['loss', 'val/acc', 'ключ 🔥', '__proto__'],
    x,
    window: [from, to],
    width: 800,
    held: [],
  })
  for (const one of panel.series) {
    const { row, total } = one
    const { steps, times, values } = pointsOf(one)
    const drawn = Model.drawn(model.series().get(`${row.key} ${row.labelSet}`) ?? []).sort(
      (one, other) => one[x] - other[x],
    )
    const inside = drawn.map(point => point[x] >= from && point[x] <= to)
    const expected = drawn.filter(
      (point, i) =>
        inside[i] ||
        (point[x] < from && !((drawn[i + 1]?.[x] as number) < from)) ||
        (point[x] > to && !((drawn[i - 1]?.[x] as number) > to)),
    )
    expect([...steps].map((step, i) => [step, times[i], values[i]])).toEqual(
      expected.map(p => [p.step, p.time, p.value]),
    )
    expect(total).toBe(inside.filter(Boolean).length)
  }
}

test('whatever is logged, sent again with other cuts, sealed and restarted in any order: every read equals the model', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 40 }), async commands => {
      let points = new Points(db, log, () => {})
      const { run, writers } = await mintRun(points)
      const model = new Model()
      let clock = 1000
      for (const one of commands) {
        if (one.do === 'log') {
          const { journal } = writers[one.writer] as Writer
          for (const { keys, step, value } of one.rows) {
            clock++
            for (const name of keys) journal.push({ key: name, step: one.rising ? clock : step, time: clock, value })
          }
        } else if (one.do === 'send') {
          const writer = writers[one.writer] as Writer
          const from = Math.max(0, writer.journal.length - 1 - one.from)
          const answers = await send(points, run, writer, from, one.bytes)
          for (const answer of answers) {
            if (from > writer.upto + 1) expect(answer).toEqual({ kept: false, resend: writer.upto + 1 })
            else expect(answer.kept).toBe(true)
          }
          if (from <= writer.upto + 1) model.commit(writer, writer.journal.length - 1)
        } else if (one.do === 'seal') await db.acrossWorkspaces(tx => sealRun(tx, run, one.bytes))
        else if (one.do === 'restart') points = new Points(db, log, () => {})
        else if (one.do === 'turn') await turnRing(db, { ageMs: 0, bytes: 0 })
        else
          await judgeWindow(
            points,
            run,
            model,
            one.by,
            one.by === 'time' ? one.from + 1000 : one.from,
            (one.by === 'time' ? one.from + 1000 : one.from) + one.span,
          )
      }
      await judge(points, run, model, writers)
      for (;;) if (!(await db.acrossWorkspaces(tx => sealRun(tx, run)))?.more) break
      await judge(new Points(db, log, () => {}), run, model, writers)
      const left = await db.acrossWorkspaces(({ sql }) => sql.query('SELECT FROM metric_frame WHERE run = $1', [run]))
      expect(left.rowCount).toBe(0)
    }),
    { numRuns: 60, endOnFailure: false },
  )
}, 120_000)
