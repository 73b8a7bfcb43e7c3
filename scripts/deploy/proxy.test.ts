import { once } from 'node:events'
import { type IncomingMessage, type OutgoingHttpHeaders, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startOrigin } from './origin.ts'
import { absent, caddy, nginx, type ProxyKind, type RunningProxy } from './proxy.ts'

for (const kind of [nginx, caddy]) {
  if (absent(kind.program)) console.log(`skipped: the ${kind.name} example, because ${kind.program} is not installed`)
  describe.skipIf(absent(kind.program))(
    `behind ${kind.name}${absent(kind.program) ? ` (${kind.program} is not installed)` : ''}, as docs/deploy shows it`,
    () => checks(kind),
  )
}

function checks(kind: ProxyKind) {
  let origin: Awaited<ReturnType<typeof startOrigin>>
  let proxy: RunningProxy
  beforeAll(async () => {
    origin = await startOrigin()
    proxy = await kind.start(origin.port)
  })
  afterAll(async () => {
    await proxy?.stop()
    await origin?.close()
  })

  async function get(path: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<IncomingMessage> {
    const url = new URL(path, proxy.url)
    const send = url.protocol === 'https:' ? tlsRequest : plainRequest
    const request = send(url, { method, headers, ca: proxy.ca, agent: false })
    request.end()
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    onTestFinished(() => void request.destroy())
    return response
  }

  test.each(['websocket', 'polling'])('a frame of 64 kB goes there and back over %s', async transport => {
    const socket = io(proxy.url, { transports: [transport], ca: proxy.ca, forceNew: true, reconnection: false })
    onTestFinished(() => void socket.close())
    const frame = Buffer.from(Array.from({ length: 65_536 }, (_, i) => (i * 31) % 256))
    for (let n = 0; n < 20; n++) {
      const back: Uint8Array = await socket.timeout(10_000).emitWithAck('frame', frame)
      expect(frame.equals(back)).toBe(true)
    }
    expect(socket.io.engine.transport.name).toBe(transport)
  })

  test('both kinds of Socket.IO traffic tell where they come from, whatever the client claims', async () => {
    const forged = { 'x-forwarded-for': '6.6.6.6', 'x-forwarded-proto': 'gopher', 'x-forwarded-host': 'evil.example' }
    await get('/acme/mnist', forged)
    for (const transport of ['websocket', 'polling']) {
      const socket = io(proxy.url, { transports: [transport], ca: proxy.ca, forceNew: true, extraHeaders: forged })
      onTestFinished(() => void socket.close())
      await socket.timeout(10_000).emitWithAck('frame', Buffer.of(1))
    }
    const { host, protocol } = new URL(proxy.url)
    for (const path of ['/acme/mnist', 'transport=websocket', 'transport=polling']) {
      const request = origin.seen.findLast(one => one.path.includes(path))
      expect(request?.headers, path).toMatchObject({
        host,
        'x-forwarded-for': expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
      })
      expect(request?.headers, path).toMatchObject({
        'x-forwarded-proto': protocol.slice(0, -1),
        'x-forwarded-host': host,
      })
    }
  })

  test('an answer of series arrives while it is made', async () => {
    const response = await get('/api/series')
    const [first] = (await once(response, 'data')) as [Buffer]
    expect(first.toString()).toBe('first')
    origin.finishSeries()
    expect(String(await once(response, 'data'))).toBe('last')
  })

  test('a viewer who leaves ends the reading behind it', async () => {
    const response = await get('/api/series')
    await once(response, 'data')
    response.destroy()
    await origin.abandoned()
  })

  test('scripts travel compressed, series as they are', async () => {
    const accepts = { 'accept-encoding': 'gzip' }
    expect((await get('/_next/static/a.js', accepts)).headers['content-encoding']).toBe('gzip')
    expect((await get('/api/series', accepts)).headers['content-encoding']).toBeUndefined()
  })

  test('the counters of the server stay inside', async () => {
    expect((await get('/metrics')).statusCode).toBe(404)
    expect(origin.seen.map(one => one.path)).not.toContain('/metrics')
  })

  // Caddy sends plain HTTP on only where it has got a certificate for a public name.
  if (kind === nginx)
    test('plain HTTP is sent to https', async () => {
      const answer = await fetch(`${proxy.plainUrl}/acme?x=1`, { redirect: 'manual' })
      expect([answer.status, answer.headers.get('location')]).toEqual([301, 'https://localhost/acme?x=1'])
    })
}
