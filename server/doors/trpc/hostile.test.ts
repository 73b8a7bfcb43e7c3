import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mintWorld, newMarker, type World } from '../../testing/access-matrix.ts'
import { type KeyedServer, startKeyedServer } from '../../testing/agent.ts'
import { answerTrpc } from './handle-trpc.ts'
import { appRouter } from './router.ts'

let server: KeyedServer
let world: World
beforeAll(async () => {
  server = await startKeyedServer()
  world = await mintWorld(server.house, newMarker())
}, 60_000)
afterAll(() => server?.stop())

const host = 'trackside.test'
const caller = (name: string) => world.callers.find(each => each.name === name)?.headers ?? {}

async function post(path: string, body: string, headers: Record<string, string> = {}) {
  const length = { 'content-length': String(Buffer.byteLength(body)), 'content-type': 'application/json' }
  const sent = { host, origin: `http://${host}`, ...length, ...caller('owner'), ...headers }
  const request = new Request(`http://${host}/api/trpc/${path}`, { method: 'POST', headers: sent, body })
  return told(await answerTrpc(server.house, appRouter, request))
}

async function get(path: string, input: unknown) {
  const url = `http://${host}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`
  return told(await answerTrpc(server.house, appRouter, new Request(url, { headers: { host, ...caller('owner') } })))
}

async function told(response: Response) {
  const text = await response.text()
  expect(text).not.toMatch(/\bat .*\.ts:\d+|prisma|SELECT |node_modules/i)
  return { status: response.status, text }
}

describe('what cannot be a question', () => {
  test('is refused in words, whatever it is', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const bodies = [
      deep,
      '{',
      '"x"',
      'null',
      '[]',
      '{"__proto__":{"workspace":"x"}}',
      '{"workspace":{"$ne":null}}',
      '{"$":"plain","v":null}',
    ]
    for (const body of bodies) {
      const { status } = await post('workspaces.edit', body)
      expect([400, 404, 413], body.slice(0, 40)).toContain(status)
    }
  })

  test('is refused when it is larger than anybody needs, or too many at once', async () => {
    expect((await post('workspaces.create', JSON.stringify({ name: 'x'.repeat(2 << 20) }))).status).toBe(413)
    expect((await post('workspaces.create', '{"name":"x"}', { 'transfer-encoding': 'chunked' })).status).toBe(400)
    const batch = Array.from({ length: 60 }, () => 'account.me').join()
    const request = new Request(`http://${host}/api/trpc/${batch}?batch=1&input={}`, {
      headers: { host, ...caller('owner') },
    })
    expect((await told(await answerTrpc(server.house, appRouter, request))).status).toBe(400)
  })

  test('names nothing: placeholders, NUL, numbers out of range', async () => {
    for (const name of [
      ':workspace',
      '{id}',
      '*',
      'undefined',
      'null',
      'NaN',
      '\0',
      '-1',
      '0',
      '[workspace]',
      '../x',
      '%00',
      '',
      'x'.repeat(1_000),
    ]) {
      expect([400, 404], name).toContain((await get('workspaces.get', { workspace: name })).status)
      expect([400, 404], name).toContain(
        (await get('projects.get', { workspace: world.workspace, project: name })).status,
      )
      const run = { workspace: world.workspace, project: world.project, run: name }
      expect([400, 404], name).toContain((await get('runs.get', run)).status)
      expect([400, 404], name).toContain((await get('metrics.keys', { runs: [name] })).status)
    }
    for (const number of ['9223372036854775808', '999999999999999999', '1e3', ' 1'])
      expect([400, 404], number).toContain((await get('metrics.keys', { runs: [number] })).status)
  })
})

test('a field that is not asked for is refused, not written', async () => {
  const { workspace, project, runId } = world
  const extra = { workspaceId: 'x', role: 'owner', createdById: 'x', id: 'x', isAdmin: true, state: 'finished' }
  for (const [field, value] of Object.entries(extra)) {
    const edit = JSON.stringify({ workspace, project, run: runId, name: 'renamed', [field]: value })
    expect((await post('runs.edit', edit)).status).toBe(400)
    expect((await post('workspaces.create', JSON.stringify({ name: 'x', [field]: value }))).status).toBe(400)
  }
})
