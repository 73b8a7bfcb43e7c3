import type { Socket as NodeSocket } from 'node:net'
import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { decodeParts } from '../../../protocol/answer.ts'
import { type Delta, decodeDelta } from '../../../protocol/delta.ts'
import type { Changed, RunCursor } from '../../../protocol/live.ts'
import { type AnswerPart, answerPart, type SeriesPart } from '../../../protocol/series.schema.ts'
import { DrawnPoints } from '../../../series/append.ts'
import { pointsOf } from '../../domain/metrics/index.ts'
import { announceChanged } from '../../domain/runs/index.ts'
import { connect, type KeyedServer, makeFrames, openBodyOf, startKeyedServer, TestAgent } from '../../testing/agent.ts'
import { mintCtx, mintWorkspace } from '../../testing/factories.ts'
import { mintKey, mintMember } from '../../testing/people.ts'

let server: KeyedServer
const sockets: { close(): void }[] = []
beforeAll(async () => {
  server = await startKeyedServer()
}, 60_000)
afterEach(() => sockets.splice(0).forEach(socket => void socket.close()))
afterAll(() => server?.stop())

async function training(keys = ['loss']) {
  const agent = await TestAgent.connect(server.url, server.key)
  sockets.push(agent)
  const body = openBodyOf()
  await agent.open(body)
  const row = await server.house.db.acrossWorkspaces(({ prisma }) =>
    prisma.run.findFirstOrThrow({ where: { id: body.run } }),
  )
  let step = 0
  return {
    ...body,
    agent,
    number: String(row.run),
    projectId: row.projectId,
    async log(steps: number) {
      for (const frame of makeFrames(body.writer, keys, steps, step * keys.length, at => Math.sin(at)))
        expect(await agent.ask('frame', frame)).toMatchObject({ ok: true })
      step += steps
    },
  }
}

async function viewer(key = server.key) {
  const socket: Socket = await connect(server.url, '/live', { key, protocol: 1 })
  sockets.push(socket)
  const watch = (body: object): Promise<{ ok: boolean; runs: RunCursor[]; error?: { code: string } }> =>
    socket.timeout(5000).emitWithAck('watch', body)
  return { socket, watch }
}

async function ask(question: object, key = server.key) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const response = await fetch(`${server.url}/api/series`, { method: 'POST', headers, body: JSON.stringify(question) })
  if (!response.ok) return { status: response.status, parts: [] }
  const bytes = new Uint8Array(await response.arrayBuffer())
  const parts = [...decodeParts(bytes)].map(({ json, columns }) => {
    const part: AnswerPart = answerPart.parse(json)
    const n = part.part === 'series' ? part.n : 0
    const points = part.part === 'series' && {
      steps: columns.whole(n, 's'),
      times: columns.whole(n, 't'),
      values: columns.floats(n, 'v'),
    }
    return { part, points: points || undefined }
  })
  return { status: response.status, parts }
}
const panel = (run: string, more: object = {}) => ({
  panels: [{ id: 'p', runs: [run], keys: ['loss'], width: 1000, ...more }],
})

/** A chart in a browser: joins, reads, then puts deltas behind. */
async function follow(run: string) {
  const { socket, watch } = await viewer()
  const chart = { drawn: new DrawnPoints(), cursor: -1, gaps: 0, behind: 0 }
  const waiting: Delta[] = []
  let reading = true
  const apply = ({ from, to, series }: Delta) => {
    if (to <= chart.cursor) return
    if (from > chart.cursor) chart.gaps++
    chart.cursor = to
    for (const { key, points } of series) if (key === 'loss') chart.drawn.put(points)
  }
  socket.on('delta', (body: Buffer, taken: () => void) => {
    for (const delta of decodeDelta(body)) {
      if (reading) waiting.push(delta)
      else apply(delta)
    }
    taken()
  })
  socket.on('behind', () => chart.behind++)
  const { runs } = await watch({ runs: [run] })
  const { parts } = await ask(panel(run, { width: 16000 }))
  for (const { part, points } of parts) {
    if (points) chart.drawn.put(points)
    if (part.part === 'end') chart.cursor = part.runs[0]?.cursor as number
  }
  expect(chart.cursor).toBeGreaterThanOrEqual(runs[0]?.cursor as number)
  reading = false
  waiting.forEach(apply)
  return chart
}

const until = async (met: () => boolean) => {
  const deadline = Date.now() + 10_000
  while (!met()) {
    if (Date.now() > deadline) throw new Error('waited in vain')
    await new Promise(resolve => setImmediate(resolve))
  }
}

test('charts that join while points flow end with every point once, by deltas of rising cursors', async () => {
  const run = await training()
  let flowing = true
  const flow = (async () => {
    for (let i = 0; i < 60; i++) await run.log(1 + (i % 5))
    flowing = false
  })()
  const charts: Awaited<ReturnType<typeof follow>>[] = []
  while (flowing && charts.length < 8) charts.push(await follow(run.number))
  await flow
  const head = pointsOf(server.house.db).latest(Number(run.number))
  await until(() => charts.every(({ cursor }) => cursor === head?.cursor))
  for (const { drawn, gaps, behind } of charts) {
    const { steps, values } = drawn.drawn()
    expect([...steps]).toEqual(Array.from({ length: 180 }, (_, i) => i))
    expect([...values]).toEqual(Array.from({ length: 180 }, (_, i) => Math.sin(i)))
    expect([gaps, behind]).toEqual([0, 0])
  }
})

test('a viewer that does not take its delta gets no other, and then all that it lacks at once', async () => {
  const run = await training()
  const { socket, watch } = await viewer()
  const taken: (() => void)[] = []
  const deltas: Delta[] = []
  socket.on('delta', (body: Buffer, ack: () => void) => {
    taken.push(ack)
    deltas.push(...decodeDelta(body))
  })
  await watch({ runs: [run.number] })
  await run.log(1)
  await until(() => deltas.length === 1)
  for (let i = 0; i < 5; i++) await run.log(1)
  expect(deltas.length).toBe(1)
  taken.shift()?.()
  await until(() => deltas.length === 2)
  expect(deltas[1]).toMatchObject({ from: deltas[0]?.to, series: [{ key: 'loss', labels: {} }] })
  expect([...(deltas[1]?.series[0]?.points.steps ?? [])]).toEqual([1, 2, 3, 4, 5])
})

test('a viewer older than the tail is told to read again', async () => {
  const run = await training()
  const { socket, watch } = await viewer()
  await watch({ runs: [run.number] })
  const behind = new Promise<RunCursor>(resolve => socket.once('behind', resolve))
  const points = pointsOf(server.house.db)
  points.forget(Number(run.number))
  // A commit that this process does not hold, as another node's.
  await server.house.db.acrossWorkspaces(({ sql }) =>
    sql.query('UPDATE metric_head SET cursor = cursor + 1 WHERE run = $1', [run.number]),
  )
  await run.log(1)
  expect(await behind).toEqual({ run: run.number, epoch: 0, cursor: 2 })
})

test('what is held is answered by nothing new, or by the points since', async () => {
  const run = await training()
  await run.log(50)
  const first = await ask(panel(run.number))
  const part = first.parts[0]?.part as SeriesPart
  expect(part).toMatchObject({ state: 'full', every: true, n: 50, total: 50, exact: true, domain: [0, 49] })
  expect(part.stats).toMatchObject({ count: 50, first: { step: 0, value: 0 }, last: { step: 49 } })
  const { run: number, key, labels, epoch, generation, cursor } = part
  const held = [{ run: number, key, labels, epoch, generation, cursor }]
  expect((await ask(panel(run.number, { held }))).parts[0]?.part).toMatchObject({ state: 'same', n: 0 })
  await run.log(3)
  const later = await ask(panel(run.number, { held }))
  expect(later.parts[0]?.part).toMatchObject({ state: 'tail', n: 3 })
  expect([...(later.parts[0]?.points?.steps ?? [])]).toEqual([50, 51, 52])
})

test('many points are thinned to the plot, and the one spike is there', async () => {
  const run = await training(['loss', 'other'])
  await run.log(20_000)
  const { parts } = await ask(panel(run.number, { width: 300 }))
  const part = parts[0]?.part as SeriesPart
  expect(part).toMatchObject({ every: false, total: 20_000 })
  expect(part.n).toBeLessThanOrEqual(4 * 302)
  const window = await ask(panel(run.number, { width: 300, window: [100, 120] }))
  expect([...(window.parts[0]?.points?.steps ?? [])]).toEqual(Array.from({ length: 23 }, (_, i) => 99 + i))
  expect(window.parts[0]?.part).toMatchObject({ total: 21, every: true })
})

test('changes of runs are told to those who watch their project', async () => {
  const run = await training()
  const { socket, watch } = await viewer()
  expect(await watch({ project: run.projectId })).toMatchObject({ ok: true })
  const changed = new Promise<Changed>(resolve => socket.once('changed', resolve))
  await run.agent.ask('meta', { writer: run.writer, first: 0, items: [{ k: 'info', name: 'new' }] })
  expect(await changed).toEqual({ project: run.projectId, runs: [run.number], what: 'run' })
})

test('a key that is new to a run is told of', async () => {
  const run = await training()
  const { socket, watch } = await viewer()
  await watch({ project: run.projectId })
  const changed = new Promise<Changed>(resolve => socket.once('changed', resolve))
  await run.log(1)
  expect(await changed).toEqual({ project: run.projectId, runs: [run.number], what: 'run' })
})

test("another workspace's runs and projects are as if they did not exist", async () => {
  const run = await training()
  const { db } = server.house
  const ctx = await mintCtx({ kind: 'system' }, db)
  const { workspaceId, slug } = await mintWorkspace(db)
  const { key } = await mintKey(await mintMember(ctx, workspaceId, 'owner'), slug, 'admin')
  const { watch } = await viewer(key)
  expect(await watch({ runs: [run.number] })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  expect(await watch({ project: run.projectId })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  expect((await ask(panel(run.number), key)).status).toBe(404)
  expect((await ask(panel(run.number), 'x')).status).toBe(401)
  expect((await ask({ panels: 'x' })).status).toBe(400)
})

test('a viewer that reads nothing fills no memory, and hears of the last change when it reads again', async () => {
  const run = await training()
  const { socket, watch } = await viewer()
  await watch({ project: run.projectId })
  const heard: Changed[] = []
  socket.on('changed', change => heard.push(change))
  const line = (socket.io.engine.transport as unknown as { ws: { _socket: NodeSocket } }).ws._socket
  line.pause()
  const { workspaceId } = await mintWorkspace(server.house.db)
  const tell = (no: number) =>
    announceChanged({ workspaceId, project: run.projectId, runs: [`${no} ${'x'.repeat(1_000)}`], what: 'run' })
  const [seen] = [...server.house.io.of('/live').sockets.values()].filter(({ id }) => id === socket.id)
  for (let no = 0; no < 20_000; no++) {
    tell(no)
    if (no % 100 === 0) await new Promise(resolve => setImmediate(resolve))
  }
  if (!seen) throw new Error('the server does not know the socket')
  const { writeBuffer } = seen.conn as unknown as { writeBuffer: object[] }
  expect(writeBuffer.length).toBeLessThan(10)
  line.resume()
  await until(() => heard.some(({ runs }) => runs === undefined || runs[0]?.startsWith('19999 ')))
})
