import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningServer, startServer } from './start-server.ts'
import { testSettings } from './testing/settings.ts'

let server: RunningServer
beforeAll(async () => {
  server = await startServer(testSettings(), { pages: 'built' })
}, 60_000)
afterAll(() => server?.stop())

/** The status line that answers a WebSocket upgrade, and whether the connection was closed after it. */
function upgrade(path: string, headers: Record<string, string> = {}): Promise<{ status: number; closed: boolean }> {
  const { hostname, port } = new URL(server.url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    const lines = {
      Host: `${hostname}:${port}`,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    }
    const words = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`GET ${path} HTTP/1.1\r\n${words.join('')}\r\n`)
    let answer = ''
    const settle = (closed: boolean) => {
      resolve({ status: Number(answer.split(' ')[1] ?? 0), closed })
      socket.destroy()
    }
    socket.on('data', chunk => {
      answer += chunk
      // Whoever upgrades stays; whoever refuses closes.
      if (answer.startsWith('HTTP/1.1 101') && answer.includes('\r\n\r\n')) settle(false)
    })
    socket.on('end', () => settle(true))
    socket.on('error', reject)
  })
}

const engine = '/socket.io/?EIO=4&transport=websocket'

test('Socket.IO is upgraded, from our own pages and from programs', async () => {
  const { host } = new URL(server.url)
  expect(await upgrade(engine)).toEqual({ status: 101, closed: false })
  expect(await upgrade(engine, { Origin: `http://${host}` })).toEqual({ status: 101, closed: false })
})

test('a page of another origin is refused before the upgrade, by WebSocket and by polling', async () => {
  expect(await upgrade(engine, { Origin: 'https://elsewhere.example' })).toEqual({ status: 403, closed: true })
  const polled = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, {
    headers: { origin: 'https://elsewhere.example' },
  })
  expect(polled.status).toBe(403)
})

test('polling opens a session for proxies that allow nothing else', async () => {
  const polled = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`)
  expect(await polled.text()).toMatch(/^0\{"sid":/)
})

test.each(['/', '/acme/mnist', '/acme/mnist/runs/1', '/collab', '/nowhere', '/socket.iox', '/_next/hmr'])(
  'an upgrade of %s is answered 404 and closed, also where it is a page',
  async path => {
    expect(await upgrade(path)).toEqual({ status: 404, closed: true })
  },
)

test('pages are still served after upgrades of their paths', async () => {
  await upgrade('/')
  const page = await fetch(server.url, { redirect: 'manual' })
  expect(page.status).toBeLessThan(400)
  expect(page.headers.get('x-request-id')).toMatch(/^[A-Za-z0-9-]{8,}$/)
})
