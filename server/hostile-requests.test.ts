import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type KeyedServer, startKeyedServer } from './testing/agent.ts'

let server: KeyedServer
beforeAll(async () => {
  server = await startKeyedServer({}, 'built')
}, 60_000)
afterAll(() => server?.stop())

/** What a request answers that no well-behaved client sends: written on the wire as it stands. */
function said(first: string, { host = new URL(server.url).host, more = '', body = '' } = {}) {
  const { hostname, port } = new URL(server.url)
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    let answer = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk
    })
    socket.on('error', reject).on('close', () => {
      const [head = '', rest = ''] = answer.split('\r\n\r\n', 2)
      // Without the sizes of its chunks.
      resolve({ status: Number(head.split(' ')[1] ?? 0), body: /\{.*\}/s.exec(rest)?.[0] ?? rest })
    })
    const length = body && `Content-Length: ${Buffer.byteLength(body)}\r\n`
    socket.write(`${first} HTTP/1.1\r\nHost:${host && ` ${host}`}\r\nConnection: close\r\n${more}${length}\r\n${body}`)
  })
}

const inOurForm = { error: { code: 'INVALID', request_id: expect.any(String), message: expect.any(String) } }
const doors = ['', 'api/v1/', 'api/v1/acme/digits/runs/', 'api/trpc/', 'api/auth/', 'acme/', 'acme/-/', 'healthz/']

test.each(doors)('an address that cannot be decoded, or holds a NUL, is refused in our form at /%s', async door => {
  for (const odd of ['%E0%A4%A', '%', '%zz', '%ED%A0%80', '%C0%80', '%00', 'a%00b', 'x?y=%00']) {
    const answer = await said(`GET /${door}${odd}`)
    expect([odd, answer.status]).toEqual([odd, 400])
    expect(JSON.parse(answer.body)).toMatchObject(inOurForm)
  }
})

test('what asks for no address of ours is refused in our form', async () => {
  for (const first of ['OPTIONS *', 'GET http://elsewhere/', 'GET *', 'OPTIONS *?x']) {
    const answer = await said(first)
    expect([first, answer.status]).toEqual([first, 400])
    expect(JSON.parse(answer.body)).toMatchObject(inOurForm)
  }
})

test.each(['', 'a b', '[', 'a/b', '@', 'a:b:c', '%00', 'x:99999999'])(
  'a Host of %j is refused in our form',
  async host => {
    for (const path of [
      '/api/auth/session',
      '/api/auth/signin',
      '/api/trpc/account.me',
      '/login',
      '/api/v1/openapi.json',
    ]) {
      const answer = await said(`GET ${path}`, { host })
      expect([path, answer.status]).toEqual([path, 400])
      expect(JSON.parse(answer.body)).toMatchObject(inOurForm)
    }
  },
)

test('an odd query, method or long address costs no more than a 4xx', async () => {
  const long = 'x'.repeat(10_000)
  const asked = [
    'GET /login?next=%E0%A4%A',
    'GET /api/trpc/account.me?input=%E0',
    `GET /api/v1/${long}`,
    `GET /${long}`,
  ]
  const methods = ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'].flatMap(method =>
    ['/api/trpc/account.me', '/api/auth/session', '/api/v1/acme/p/runs', '/login', '/api/series', '/nope'].map(
      path => `${method} ${path}`,
    ),
  )
  for (const first of [...asked, ...methods]) {
    const { status, body } = await said(first)
    expect([first, status < 500], body).toEqual([first, true])
    expect(body).not.toMatch(/\bat .*\.[jt]s:\d+|node_modules/)
  }
})

test('a body that is too large is answered 413 wherever bodies are taken', async () => {
  const authorization = `Authorization: Bearer ${server.key}\r\nContent-Type: application/json\r\n`
  const body = `"${'x'.repeat(3 << 20)}"`
  for (const path of ['/api/series', '/api/trpc/runs.edit', '/api/auth/callback/credentials']) {
    const answer = await said(`POST ${path}`, { more: authorization, body })
    expect([path, answer.status]).toEqual([path, 413])
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'TOO_LARGE' } })
  }
})

test('a sign-in with texts that nothing can hold is a sign-in that failed', async () => {
  const page = await fetch(`${server.url}/api/auth/csrf`)
  const { csrfToken } = await page.json()
  const cookie = page.headers
    .getSetCookie()
    .map(one => one.split(';')[0])
    .join('; ')
  for (const email of ['\0@x.io', 'a\0@x.io', 'x'.repeat(60_000)]) {
    const answer = await fetch(`${server.url}/api/auth/callback/credentials`, {
      method: 'POST',
      headers: { cookie, origin: server.url },
      body: new URLSearchParams({ csrfToken, email, password: '\0', json: 'true', callbackUrl: '/' }),
    })
    expect(answer.status).toBe(401)
  }
})

test('an unknown address of the API names the page that lists those there are', async () => {
  for (const path of ['/api/v1/nope', '/api/v1', '/api/v1/']) {
    const answer = await said(`GET ${path}`)
    expect(answer.status).toBe(404)
    const { error } = JSON.parse(answer.body)
    expect(error).toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('/api/v1/openapi.json') })
  }
})
