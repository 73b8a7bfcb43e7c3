import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { readSettings } from '../../server/settings.ts'
import { type RunningServer, startServer } from '../../server/start-server.ts'
import { makeDatabase } from '../../server/testing/test-db.ts'
import { absent, caddy, nginx, type ProxyKind, type RunningProxy } from './proxy.ts'

let server: RunningServer
const dataDir = mkdtempSync(join(tmpdir(), 'trackside-proxied-'))

beforeAll(async () => {
  const { admin, secret } = inject('cluster')
  const { db, urls } = await makeDatabase()
  await db.close()
  const database = new URL(admin)
  database.pathname = new URL(urls.owner).pathname
  const settings = readSettings({
    PORT: '0',
    DATABASE_URL: database.href,
    TRACKSIDE_DATA_DIR: dataDir,
    TRACKSIDE_SECRET: secret,
    TRACKSIDE_TRUST_PROXY: '1',
    TRACKSIDE_LOG_LEVEL: 'error',
  })
  server = await startServer(settings, { pages: 'none' })
  server.house.io.of('/where').on('connection', socket => {
    socket.on('from', (answer: (address: unknown) => void) => answer(socket.handshake.headers['x-trackside-address']))
  })
})
afterAll(async () => {
  await server?.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

for (const kind of [nginx, caddy])
  describe.skipIf(absent(kind.program))(
    `the server behind ${kind.name}${absent(kind.program) ? ` (${kind.program} is not installed)` : ''}`,
    () => checks(kind),
  )

function checks(kind: ProxyKind) {
  let proxy: RunningProxy
  beforeAll(async () => {
    proxy = await kind.start(Number(new URL(server.url).port))
  })
  afterAll(() => proxy?.stop())

  function open(transport: string, extraHeaders: Record<string, string>) {
    const options = { transports: [transport], ca: proxy.ca, forceNew: true, reconnection: false, extraHeaders }
    const socket = io(`${proxy.url}/where`, options)
    onTestFinished(() => void socket.close())
    return socket
  }

  describe.each(['websocket', 'polling'])('over %s', transport => {
    test("the proxy's own pages may open a socket, and the client's word for its address counts for nothing", async () => {
      const socket = open(transport, { origin: new URL(proxy.url).origin, 'x-forwarded-for': '6.6.6.6' })
      expect(await socket.timeout(10_000).emitWithAck('from')).toMatch(/^(127\.0\.0\.1|::1)$/)
    })

    test('a page of another origin may not, whatever it says the host is', async () => {
      const socket = open(transport, { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' })
      const outcome = await new Promise(resolve => {
        socket.once('connect', () => resolve('open'))
        socket.once('connect_error', () => resolve('refused'))
      })
      expect(outcome).toBe('refused')
    })
  })
}
