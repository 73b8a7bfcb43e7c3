import { afterEach, expect, test, vi } from 'vitest'
import { answerTrpc } from './doors/trpc/handle-trpc.ts'
import { appRouter } from './doors/trpc/router.ts'
import { firstComerOwns } from './first-owner.ts'
import { type RunningServer, startServer } from './start-server.ts'
import { testSettings } from './testing/settings.ts'

let server: RunningServer | undefined
afterEach(async () => {
  await server?.stop()
  server = undefined
  vi.restoreAllMocks()
})

const start = async (variables: Record<string, string>) => {
  server = await startServer(testSettings(variables), { pages: 'none' })
  return server
}

async function ask({ house }: RunningServer, host: string, path: string, input: object, write = false) {
  const url = `http://${host}/api/trpc/${path}`
  const headers = {
    host,
    origin: `http://${host}`,
    'content-type': 'application/json',
    'x-trackside-address': '127.0.0.1',
  }
  const request = write
    ? new Request(url, { method: 'POST', headers, body: JSON.stringify(input) })
    : new Request(`${url}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers })
  const response = await answerTrpc(house, appRouter, request)
  return (await response.json()) as { result?: { data: { firstOwner: boolean } }; error?: { data: { code: string } } }
}

const ada = { name: 'Ada', email: 'ada@example.com', password: 'a good password', workspace: 'Lab' }
const offered = async (running: RunningServer, host: string, input = {}) =>
  (await ask(running, host, 'account.entrance', input)).result?.data.firstOwner

test('on this machine alone, whoever comes first owns the server; who comes second does not', async () => {
  const running = await start({})
  expect(await offered(running, 'localhost:3000')).toBe(true)
  // A page of another name that its DNS points here: the browser would send it the answer.
  expect(await offered(running, 'rebound.example:3000')).toBe(false)
  expect((await ask(running, 'rebound.example:3000', 'account.found', ada, true)).error?.data.code).toBe('FORBIDDEN')
  expect((await ask(running, '127.0.0.1:3000', 'account.found', ada, true)).error).toBeUndefined()
  expect(await offered(running, 'localhost:3000')).toBe(false)
  const second = await ask(running, 'localhost:3000', 'account.found', { ...ada, email: 'eve@example.com' }, true)
  expect(second.error?.data.code).toBe('CONFLICT')
}, 60_000)

test('reached from elsewhere, the server is owned by the link that it printed at its start, once', async () => {
  const printed: string[] = []
  vi.spyOn(console, 'log').mockImplementation(line => void printed.push(String(line)))
  const running = await start({ HOST: '0.0.0.0' })
  const [, token] = /\/signup\?token=([A-Za-z0-9_-]{43})$/.exec(printed.join('\n')) ?? []
  expect(token).toBeDefined()
  expect(await offered(running, 'localhost:3000')).toBe(false)
  expect(await offered(running, 'tracks.example', { token })).toBe(true)
  for (const wrong of [undefined, '', 'x', `${token}x`])
    expect(
      (await ask(running, 'tracks.example', 'account.found', { ...ada, token: wrong }, true)).error?.data.code,
    ).toBe('FORBIDDEN')
  expect((await ask(running, 'tracks.example', 'account.found', { ...ada, token }, true)).error).toBeUndefined()
  const again = await ask(running, 'tracks.example', 'account.found', { ...ada, email: 'eve@example.com', token }, true)
  expect(again.error?.data.code).toBe('CONFLICT')
}, 60_000)

test('a proxy or a public address means that it is reached from elsewhere', () => {
  const elsewhere: Record<string, string>[] = [
    { HOST: '0.0.0.0' },
    { TRACKSIDE_TRUST_PROXY: '1' },
    { TRACKSIDE_URL: 'https://tracks.example' },
  ]
  expect(firstComerOwns(testSettings({}))).toBe(true)
  expect(firstComerOwns(testSettings({ HOST: '::1' }))).toBe(true)
  for (const variables of elsewhere) expect(firstComerOwns(testSettings(variables))).toBe(false)
})

test('a first workspace of a name that the server needs itself is refused at the start', async () => {
  const init = {
    TRACKSIDE_INIT_EMAIL: 'a@example.com',
    TRACKSIDE_INIT_PASSWORD: 'a good password',
    TRACKSIDE_INIT_WORKSPACE: 'api',
  }
  await expect(start(init)).rejects.toThrow(/TRACKSIDE_INIT_WORKSPACE: is kept for the server itself/)
}, 60_000)
