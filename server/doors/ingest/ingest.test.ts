import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { OpenBody } from '../../../protocol/ingest.ts'
import { pointsOf } from '../../domain/metrics/index.ts'
import { expireLeases } from '../../domain/runs/index.ts'
import {
  type KeyedServer,
  makeFrames,
  newWriter,
  openBodyOf,
  startKeyedServer,
  TestAgent,
} from '../../testing/agent.ts'

let server: KeyedServer
const agents: TestAgent[] = []
beforeAll(async () => {
  server = await startKeyedServer()
}, 60_000)
afterEach(() => agents.splice(0).forEach(agent => void agent.close()))
afterAll(() => server?.stop())

async function connected(key = server.key) {
  const agent = await TestAgent.connect(server.url, key)
  agents.push(agent)
  return agent
}

/** A writer that is open, and what it was opened with. */
async function opened(body: Partial<OpenBody> = {}) {
  const agent = await connected()
  const asked = openBodyOf(body)
  const answer = await agent.open(asked)
  if (!answer.ok) throw new Error(answer.error.message)
  return { agent, ...asked, answer }
}

const rowOf = (id: string) =>
  server.house.db.acrossWorkspaces(({ prisma }) => prisma.run.findFirstOrThrow({ where: { id } }))
const statesOf = async (id: string) => {
  const { run } = await rowOf(id)
  const rows = await server.house.db.acrossWorkspaces(({ prisma }) =>
    prisma.runStateChange.findMany({ where: { run }, orderBy: { no: 'asc' } }),
  )
  return rows.map(({ state }) => state)
}
const finish = (exit_code: number | null = 0) => ({ k: 'finish', exit_code, time: 1, logged: 0, refused: 0 })

test('a run is made at its first word, and its points are read back', async () => {
  const { agent, writer, run, answer } = await opened({ project: 'ein Projekt' })
  expect(answer).toMatchObject({
    ok: true,
    upto: -1,
    meta: -1,
    run: { id: run, project: 'ein Projekt', workspace: 'acme' },
  })
  expect(answer.run.url).toBe(`${server.url}/acme/ein-projekt/runs/${run}`)
  const [frame] = makeFrames(writer, ['loss', 'acc'], 100)
  expect(await agent.ask('frame', frame)).toEqual({ ok: true, upto: 199 })
  expect(await agent.ask('receipt', { writer })).toEqual({ ok: true, stored: 200, refused: 0, upto: 199 })
  const row = await rowOf(run)
  const [loss] = await pointsOf(server.house.db).readAll([row.workspaceId], { runs: [Number(row.run)], keys: ['loss'] })
  expect([...(loss?.points.values ?? [])]).toEqual(Array.from({ length: 100 }, (_, i) => i))
})

test('a frame that is sent again changes nothing, one that is missing is asked for', async () => {
  const { agent, writer } = await opened()
  const [frame] = makeFrames(writer, ['a'], 10)
  const [later] = makeFrames(writer, ['a'], 10, 20)
  expect(await agent.ask('frame', later)).toMatchObject({ ok: false, error: { code: 'RESEND', from: 0 } })
  for (let i = 0; i < 2; i++) expect(await agent.ask('frame', frame)).toEqual({ ok: true, upto: 9 })
  expect(await agent.ask('frame', later)).toMatchObject({ ok: false, error: { code: 'RESEND', from: 10 } })
  const again = await connected()
  expect(await again.ask('frame', frame)).toMatchObject({ ok: false, error: { code: 'NOT_OPEN' } })
})

test('a frame that cannot be read is set aside whole and counted, the next one is kept', async () => {
  const { agent, writer } = await opened()
  const [frame] = makeFrames(writer, ['a'], 10)
  const spoiled = Uint8Array.from(frame as Uint8Array)
  spoiled.fill(0xff, 64, 68) // the length of the first name
  expect(await agent.ask('frame', spoiled)).toMatchObject({
    ok: false,
    error: { code: 'INVALID', skip: true, upto: 9 },
  })
  expect(await agent.ask('frame', Buffer.from('nonsense'))).toMatchObject({ ok: false, error: { code: 'INVALID' } })
  expect(await agent.ask('frame', 'text')).toMatchObject({ ok: false, error: { code: 'INVALID' } })
  const [next] = makeFrames(writer, ['a'], 10, 10)
  expect(await agent.ask('frame', next)).toEqual({ ok: true, upto: 19 })
  expect(await agent.ask('receipt', { writer })).toEqual({ ok: true, stored: 10, refused: 10, upto: 19 })
})

test('an agent that sends more than it may have unanswered is read again as acks go out', async () => {
  const { agent, writer } = await opened()
  const frames = Array.from({ length: 100 }, (_, i) => makeFrames(writer, ['a'], 1, i)[0])
  const answers = await Promise.all(frames.map(frame => agent.ask('frame', frame)))
  expect(answers).toEqual(frames.map((_, upto) => ({ ok: true, upto })))
})

test('a name that cannot be a key costs its own points, never their neighbours', async () => {
  const { agent, writer, run } = await opened()
  const [frame] = makeFrames(writer, ['good', 'no\0', 'also good', ''], 20)
  const refused = [
    { key: 'no\0', reason: 'a key holds a NUL character', count: 20 },
    { key: '', reason: 'a key is empty', count: 20 },
  ]
  for (let i = 0; i < 2; i++) expect(await agent.ask('frame', frame)).toEqual({ ok: true, upto: 79, refused })
  expect(await agent.ask('receipt', { writer })).toEqual({ ok: true, stored: 40, refused: 40, upto: 79 })
  const row = await rowOf(run)
  expect(row).toMatchObject({
    refusedCount: 40n,
    refused: [
      { key: 'no\uFFFD', count: 20 },
      { key: '', count: 20 },
    ],
  })
  const series = await pointsOf(server.house.db).readAll([row.workspaceId], { runs: [Number(row.run)] })
  expect(series.map(({ row: { key }, points }) => [key, points.steps.length])).toEqual([
    ['also good', 20],
    ['good', 20],
  ])
})

test('meta items are applied once, in order, and change the run', async () => {
  const { agent, writer, run } = await opened()
  const items = [
    { k: 'info', name: 'blue', tags: ['x'] },
    { k: 'config', set: { lr: 0.1, model: { depth: 3, name: 'm\0' } } },
    { k: 'nonsense' },
    { k: 'config', set: { model: { width: 8 } }, unset: ['lr'] },
    { k: 'summary', set: { best: 'NaN' } },
    { k: 'refused', key: 'img', reason: 'a list', step: 3, count: 2 },
  ]
  expect(await agent.ask('meta', { writer, first: 2, items })).toMatchObject({ error: { code: 'RESEND', from: 0 } })
  for (let i = 0; i < 2; i++)
    expect(await agent.ask('meta', { writer, first: 0, items })).toEqual({ ok: true, meta: 5 })
  const row = await rowOf(run)
  expect(row).toMatchObject({
    name: 'blue',
    tags: ['x'],
    config: { model: { depth: 3, width: 8, name: 'm\uFFFD' } },
    summary: { best: 'NaN' },
    refused: [
      { key: 'img', reason: 'a list', step: 3, count: 2 },
      { key: 'nonsense', reason: 'k is none that this server knows', step: null, count: 1 },
    ],
    refusedCount: 2n,
  })
  const fields = await server.house.db.acrossWorkspaces(({ prisma }) =>
    prisma.runField.findMany({ where: { run: row.run } }),
  )
  const told = fields.map(({ kind, key, num, text }) => [kind, key, num, text])
  expect(told).toContainEqual(['config', 'model/depth', 3, null])
  expect(told).toContainEqual(['summary', 'best', Number.NaN, 'NaN'])
  expect(told.map(([, key]) => key)).not.toContain('lr')
  expect(await agent.ask('receipt', { writer })).toMatchObject({ stored: 0, refused: 2 })
})

test('a run ends with the last of its writers, by what they say', async () => {
  const run = `both-${newWriter()}`
  const one = await opened({ run })
  const two = await opened({ run })
  await one.agent.ask('meta', { writer: one.writer, first: 0, items: [finish()] })
  expect((await rowOf(run)).state).toBe('running')
  await two.agent.ask('meta', { writer: two.writer, first: 0, items: [finish(3)] })
  expect(await rowOf(run)).toMatchObject({ state: 'failed', exitCode: 3 })
  const third = await opened({ run })
  expect((await rowOf(run)).state).toBe('running')
  const died = [{ k: 'died', writer: third.writer, reason: 'signal:9', time: 1 }]
  const agent = await opened({ run, kind: 'telemetry' })
  await agent.agent.ask('meta', { writer: agent.writer, first: 0, items: died })
  const [tail] = makeFrames(third.writer, ['a'], 3)
  expect(await third.agent.ask('frame', tail)).toEqual({ ok: true, upto: 2 })
  expect(await rowOf(run)).toMatchObject({ state: 'crashed', stateReason: 'signal:9' })
  expect(await statesOf(run)).toEqual(['running', 'failed', 'running', 'crashed'])
})

test('a run of which nothing is heard is lost, and runs again when its points or its beat come', async () => {
  const { agent, writer, run } = await opened()
  const { run: number } = await rowOf(run)
  const silence = () =>
    server.house.db.acrossWorkspaces(({ sql }) =>
      sql.query(
        `WITH w AS (UPDATE metric_writer SET beat_at = now() - interval '1 minute' WHERE run = $1)
         UPDATE run SET state_at = now() - interval '1 minute' WHERE run = $1`,
        [number],
      ),
    )
  expect(await expireLeases(server.house.db)).not.toContain(Number(number))
  await silence()
  expect(await expireLeases(server.house.db)).toContain(Number(number))
  expect((await rowOf(run)).state).toBe('lost')
  await agent.ask('frame', makeFrames(writer, ['a'], 1)[0])
  expect((await rowOf(run)).state).toBe('running')
  await silence()
  await expireLeases(server.house.db)
  expect(await agent.ask('beat', { writers: [writer] })).toEqual({ ok: true, stop: [] })
  expect(await statesOf(run)).toEqual(['running', 'lost', 'running', 'lost', 'running'])
})

test('who asked a run to stop is heard at the next beat, and the run ends as stopped', async () => {
  const { agent, writer, run } = await opened()
  await server.house.db.acrossWorkspaces(async ({ prisma }) => {
    const { run: number } = await prisma.run.findFirstOrThrow({ where: { id: run } })
    await prisma.run.update({ where: { run: number }, data: { stopAsked: new Date() } })
  })
  expect(await agent.ask('beat', { writers: [writer] })).toEqual({ ok: true, stop: [run] })
  await agent.ask('meta', { writer, first: 0, items: [finish(130)] })
  expect((await rowOf(run)).state).toBe('stopped')
  // Who takes it up again is not stopped at once.
  const again = openBodyOf({ run })
  expect(await agent.open(again)).toMatchObject({ ok: true })
  expect(await agent.ask('beat', { writers: [again.writer] })).toEqual({ ok: true, stop: [] })
  expect(await rowOf(run)).toMatchObject({ state: 'running', stopAsked: null })
})

test('never and must hold against what was there before', async () => {
  const { run, agent, writer } = await opened()
  const never = openBodyOf({ run, condition: 'never' })
  expect(await agent.open(never)).toMatchObject({ error: { code: 'CONFLICT' } })
  expect(await agent.open({ ...never, writer })).toMatchObject({ ok: true })
  expect(await agent.open({ run, condition: 'must' })).toMatchObject({ ok: true })
  expect(await agent.open({ condition: 'must' })).toMatchObject({ error: { code: 'NOT_FOUND' } })
  expect(await agent.open({ condition: 'never' })).toMatchObject({ ok: true })
})

test('a deleted run is gone for its writers', async () => {
  const { agent, writer, run, ...body } = await opened()
  await server.house.db.acrossWorkspaces(async ({ prisma }) => {
    const { run: number } = await prisma.run.findFirstOrThrow({ where: { id: run } })
    await prisma.run.update({ where: { run: number }, data: { deletedAt: new Date() } })
  })
  expect(await agent.ask('frame', makeFrames(writer, ['a'], 1)[0])).toMatchObject({ error: { code: 'GONE' } })
  expect(await agent.ask('meta', { writer, first: 0, items: [finish()] })).toMatchObject({ error: { code: 'GONE' } })
  expect(await agent.open({ ...body, writer, run })).toMatchObject({ error: { code: 'GONE' } })
})

test('a key that is not valid, another protocol and another workspace are refused', async () => {
  await expect(connected(`tsk-${'0'.repeat(64)}`)).rejects.toMatchObject({ data: { code: 'UNAUTHENTICATED' } })
  await expect(TestAgent.connect(server.url, server.key, 99)).rejects.toMatchObject({ data: { code: 'UPGRADE' } })
  const agent = await connected()
  expect(await agent.open({ workspace: 'somebody-elses' })).toMatchObject({ error: { code: 'NOT_FOUND' } })
  expect(
    await agent.open({
      labels: {
        rank: 'x'.repeat(200),
        ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`l${i}`, 'y'.repeat(200)])),
      },
    }),
  ).toMatchObject({ error: { code: 'INVALID' } })
})

test('revoking a key closes the sockets that it opened', async () => {
  const agent = await connected()
  const { db } = server.house
  const { apiKey } = await db.acrossWorkspaces(async ({ prisma }) => ({
    apiKey: await prisma.apiKey.findFirstOrThrow(),
  }))
  const closed = new Promise(resolve => agent.socket.once('disconnect', resolve))
  await db.acrossWorkspaces(({ prisma }) =>
    prisma.apiKey.update({ where: { id: apiKey.id }, data: { revokedAt: new Date() } }),
  )
  await closed
  await expect(connected()).rejects.toMatchObject({ data: { code: 'UNAUTHENTICATED' } })
})
