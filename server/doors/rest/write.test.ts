import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expireLeases } from '../../domain/runs/index.ts'
import { type KeyedServer, startKeyedServer } from '../../testing/agent.ts'

let server: KeyedServer
beforeAll(async () => {
  server = await startKeyedServer()
}, 60_000)
afterAll(() => server?.stop())

async function ask(method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' }
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${server.url}/api/v1/acme/${path}`, { method, headers, ...(text && { body: text }) })
  const answer = await response.text()
  return { status: response.status, body: answer ? JSON.parse(answer) : null }
}

async function newRun(said: object = {}) {
  const { status, body } = await ask('POST', 'r%20%26%20julia/runs', said)
  expect(status).toBe(201)
  return { id: body.id as string, at: `r%20%26%20julia/runs/${body.id}`, body }
}

test('a run is made, written to, changed, finished and deleted by plain HTTP', async () => {
  const { at, body } = await newRun({ name: 'by curl', config: { lr: 0.1, net: { depth: 3 } }, tags: ['r'] })
  expect(body).toMatchObject({ name: 'by curl', state: 'running', tags: ['r'], writer: 'http', first: 0 })
  const points = { loss: { steps: [0, 1, 2], times: [5, 6, 7], values: [1.5, 'NaN', 0.25] } }
  expect((await ask('POST', `${at}/points`, { first: 0, points })).body).toEqual({ next: 3, refused: [] })
  const changed = await ask('PATCH', at, { notes: 'noted', config: { net: { width: 8 } }, summary: { best: 0.25 } })
  expect(changed.body).toMatchObject({ notes: 'noted', summary: { best: 0.25 } })
  expect(changed.body.config).toEqual({ lr: 0.1, net: { depth: 3, width: 8 } })
  expect((await ask('GET', `${at}/series`)).body.loss).toEqual(points.loss)
  const done = await ask('POST', `${at}/finish`, { exit_code: 0 })
  expect(done.body).toEqual({ logged: 3, stored: 3, refused: 0, pending: 0 })
  expect((await ask('GET', at)).body).toMatchObject({ state: 'finished', exit_code: 0 })
  expect((await ask('DELETE', at)).status).toBe(204)
  expect((await ask('POST', `${at}/points`, { first: 3, points: {} })).status).toBe(410)
})

test('the same request again adds nothing, and a gap is told with where to send from', async () => {
  const { at } = await newRun()
  const first = { writer: 'r-1', first: 0, points: { a: { steps: [0, 1], values: [1, 'no'] } } }
  const answer = { next: 2, refused: [{ key: 'a', count: 1, reason: expect.stringContaining('not a number') }] }
  for (let again = 0; again < 3; again++) expect((await ask('POST', `${at}/points`, first)).body).toEqual(answer)
  const gap = await ask('POST', `${at}/points`, { ...first, first: 5 })
  expect([gap.status, gap.body.error.code, gap.body.error.details]).toEqual([409, 'CONFLICT', { next: 2 }])
  const run = (await ask('GET', at)).body
  expect(run.receipt).toMatchObject({ stored: 1, refused: 1 })
})

test('whatever columns hold, each good point is stored and each bad one is refused by itself', async () => {
  const { at } = await newRun()
  const good = fc.oneof(fc.double(), fc.integer(), fc.constant(-0), fc.boolean())
  const bad = fc.oneof(fc.string(), fc.constant({}), fc.constant([1]))
  const value = fc.oneof({ weight: 4, arbitrary: good }, { weight: 1, arbitrary: bad }, fc.constant(null))
  const step = fc.oneof({ weight: 4, arbitrary: fc.maxSafeInteger() }, fc.constantFrom(0.5, 2 ** 53, 'x', null))
  const column = fc.array(fc.tuple(step, value), { maxLength: 30 })
  const spoken = (one: unknown) => (typeof one === 'number' && !Number.isFinite(one) ? String(one) : one)
  let writers = 0
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom('k/1', 'k 2', 'ü'), column), async columns => {
      const writer = `w${writers++}`
      const points = Object.fromEntries(
        Object.entries(columns).map(([key, pairs]) => [
          key,
          { steps: pairs.map(([one]) => one), values: pairs.map(([, one]) => spoken(one)) },
        ]),
      )
      const text = JSON.stringify({ writer, first: 0, points }, (_, one) => (Object.is(one, -0) ? 0 : one))
      const { status, body } = await ask('POST', `${at}/points`, text)
      expect(status).toBe(200)
      const pairs = Object.values(columns).flat()
      const isGood = ([s, v]: [unknown, unknown]) =>
        Number.isSafeInteger(s) &&
        (typeof v === 'number' || typeof v === 'boolean' || ['NaN', 'Infinity', '-Infinity'].includes(v as string))
      const refused = body.refused.reduce((sum: number, item: { count: number }) => sum + item.count, 0)
      const nothing = pairs.filter(([, v]) => v === null).length
      expect(body.next).toBe(pairs.length)
      expect(refused).toBe(pairs.length - nothing - pairs.filter(pair => isGood(pair)).length)
    }),
    { numRuns: 25 },
  )
})

test('a run that nobody beats for is not lost between two requests', async () => {
  const { at } = await newRun()
  await server.house.db.acrossWorkspaces(({ sql }) => sql.query(`UPDATE run SET state_at = now() - interval '1 hour'`))
  await expireLeases(server.house.db)
  expect((await ask('GET', at)).body.state).toBe('running')
})

test('what cannot be is said in the form of all errors', async () => {
  const { at, id } = await newRun()
  const cases: [method: string, path: string, body: unknown, status: number][] = [
    ['POST', `${at}/points`, '{"first": 0, "points": ', 400],
    ['POST', `${at}/points`, { points: {} }, 400],
    ['POST', `${at}/points`, { first: 0, points: { a: { steps: [1], values: [1], more: [] } } }, 400],
    ['POST', `${at}x/points`, { first: 0, points: {} }, 404],
    ['POST', `${at}/points`, `{"first":0,"points":{"${'a'.repeat(17 << 20)}":{"steps":[],"values":[]}}}`, 413],
    ['POST', 'r%20%26%20julia/runs', { id, resume: 'never', writer: 'second' }, 409],
    ['POST', 'r%20%26%20julia/runs', { id: 'none', resume: 'must' }, 404],
    ['POST', 'r%20%26%20julia/runs', { id: 'a b' }, 400],
    ['PATCH', at, { state: 'finished' }, 400],
    ['PATCH', at, { notes: 'a\0b' }, 400],
  ]
  for (const [method, path, body, status] of cases) {
    const answer = await ask(method, path, body)
    expect([path, answer.status]).toEqual([path, status])
    expect(answer.body.error).toMatchObject({ code: expect.any(String), request_id: expect.stringMatching(/./) })
  }
})
