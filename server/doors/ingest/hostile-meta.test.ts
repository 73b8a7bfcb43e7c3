import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type KeyedServer, openBodyOf, startKeyedServer, TestAgent } from '../../testing/agent.ts'

let server: KeyedServer
let agent: TestAgent | undefined
beforeAll(async () => {
  server = await startKeyedServer()
}, 60_000)
afterEach(() => agent?.close())
afterAll(() => server?.stop())

/** What comes of these batches of items of a new run: the answers, and the run's row. */
async function told(...batches: unknown[][]) {
  agent = await TestAgent.connect(server.url, server.key)
  const { writer, run, ...rest } = openBodyOf()
  await agent.open({ writer, run, ...rest })
  const answers = []
  let first = 0
  for (const items of batches) {
    answers.push(await agent.ask('meta', { writer, first, items }))
    first += items.length
  }
  const row = await server.house.db.acrossWorkspaces(({ prisma }) =>
    prisma.run.findFirstOrThrow({ where: { id: run } }),
  )
  return { answers, row }
}

const config = (set: object) => ({ k: 'config', set })
const finish = (exit_code: number) => ({ k: 'finish', exit_code, time: 1, logged: 0, refused: 0 })
const nested = (depth: number): object => (depth === 0 ? {} : { a: nested(depth - 1) })
/** Does not compress: long under an index. */
const manyLetters = (n: number) =>
  Array.from({ length: n }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000))).join('')

test.each([3_221_225_477, -3_000_000_000, Number.MAX_SAFE_INTEGER])('a run ends with the exit code %d', async code => {
  const { answers, row } = await told([finish(code)])
  expect(answers).toEqual([{ ok: true, meta: 0 }])
  expect(row.state).toBe('failed')
})

test.each([
  ['nested too deep', config(nested(4_000))],
  ['longer than an index takes', config({ [manyLetters(1_000)]: manyLetters(500) })],
])('an item that cannot be kept (%s) costs none of its neighbours', async (_, bad) => {
  const { answers, row } = await told([config({ before: 1 }), bad, config({ after: 2 }), finish(0)])
  expect(answers).toEqual([{ ok: true, meta: 3 }])
  expect(row).toMatchObject({ config: { before: 1, after: 2 }, state: 'finished' })
})

test('what was passed over is listed with its reason among the refused, and is no point', async () => {
  const { row } = await told([
    config({ before: 1 }),
    config({ [manyLetters(1_000)]: manyLetters(500) }),
    { k: 'summary', set: 7 },
    { k: 'summary', set: nested(4_000) },
    { k: 'nonsense\0' },
    'x',
    null,
    { k: 'info', name: 'x'.repeat(501) },
  ])
  const listed = row.refused as { key: string; reason: string; count: number }[]
  expect(listed.map(({ key, count }) => [key.slice(0, 10), count])).toEqual([
    [`config/${manyLetters(3)}`, 1],
    ['summary', 1],
    ['summary/a', 1],
    ['nonsense\uFFFD', 1],
    ['item', 2],
    ['info', 1],
  ])
  for (const { reason } of listed) expect(reason).toMatch(/\w{3}/)
  expect(Number(row.refusedCount)).toBe(0)
})

test('a config that would outgrow its bounds stays as it was', async () => {
  const batch = (name: number) => [config({ [name]: 'x'.repeat(900_000) })]
  const { answers, row } = await told(...Array.from({ length: 20 }, (_, i) => batch(i)))
  expect(answers.at(-1)).toEqual({ ok: true, meta: 19 })
  expect(Object.keys(row.config as object)).toHaveLength(18)
  const [listed] = row.refused as object[]
  expect(listed).toEqual({ key: 'config/18', reason: expect.stringContaining('larger'), step: null, count: 1 })
}, 60_000)

test('names like __proto__ are names', async () => {
  const { row } = await told([config(JSON.parse('{"__proto__": {"x": 1}, "constructor": {"__proto__": 2}}'))])
  expect(JSON.stringify(row.config)).toBe('{"__proto__":{"x":1},"constructor":{"__proto__":2}}')
})

test('thousands of changes to a large config cost no more than a moment', async () => {
  const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i]))
  const names = Array.from({ length: 3_000 }, (_, i) => `k${i}`)
  const begun = performance.now()
  const { answers, row } = await told(
    [config(many)],
    [{ k: 'config', unset: names }],
    Array.from({ length: 2_000 }, (_, i) => config({ [`k${i}`]: i })),
  )
  expect(answers).toEqual([
    { ok: true, meta: 0 },
    { ok: true, meta: 1 },
    { ok: true, meta: 2_001 },
  ])
  expect(Object.keys(row.config as object)).toHaveLength(19_000)
  // It was minutes, in which the server answered nobody.
  expect(performance.now() - begun).toBeLessThan(20_000)
}, 60_000)
