import type { Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { connect, type KeyedServer, openBodyOf, startKeyedServer, TestAgent } from './testing/agent.ts'
import { ended, TestBrowser } from './testing/browser.ts'
import { mintCtx } from './testing/factories.ts'
import { mintKey, mintMember, type Person, password } from './testing/people.ts'

let server: KeyedServer
let run: string
let workspaceId: string
const sockets: { close(): void }[] = []
beforeAll(async () => {
  server = await startKeyedServer({}, 'built')
  const agent = await TestAgent.connect(server.url, server.key)
  const body = openBodyOf()
  await agent.open(body)
  agent.close()
  const row = await server.house.db.acrossWorkspaces(({ prisma }) =>
    prisma.run.findFirstOrThrow({ where: { id: body.run } }),
  )
  run = String(row.run)
  workspaceId = row.workspaceId
}, 60_000)
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close()
})
afterAll(() => server?.stop())

const mint = async () => mintMember(await mintCtx({ kind: 'system' }, server.house.db), workspaceId, 'member')

async function signedIn({ email }: Person): Promise<TestBrowser> {
  const browser = new TestBrowser(server.url)
  expect(await browser.signIn(email, password)).toBeNull()
  return browser
}

/** All that a session opens, as one line each. */
async function sees(browser: TestBrowser): Promise<string[]> {
  const me = browser.ask('account.me').then(
    () => 'ok',
    (error: Error) => error.message,
  )
  const live = browser.live().then(
    socket => {
      socket.close()
      return 'ok'
    },
    error => error.data?.code,
  )
  const session = Object.keys((await (await browser.fetch('/api/auth/session')).json()) as object).join()
  return [await browser.page('/acme'), await me, String(await browser.series(run)), await live, session]
}
const everything = ['200', 'ok', '200', 'ok', 'expires']
const nothing = ['307 /login?next=%2Facme', 'UNAUTHENTICATED', '401', 'UNAUTHENTICATED', '']

async function open(socket: Promise<Socket>) {
  const opened = await socket
  sockets.push(opened)
  let over = false
  const end = ended(opened).then(() => {
    over = true
  })
  return { socket: opened, end, isOver: () => over }
}

/** Waits for what must happen within five seconds. */
const within5s = (happening: Promise<unknown>) =>
  Promise.race([
    happening,
    new Promise((_, reject) => setTimeout(() => reject(new Error('not within 5 s')), 5_000).unref()),
  ])

describe('one session of two that ends', () => {
  test('closes its pages, procedures, reads and sockets; the other goes on', async () => {
    const person = await mint()
    const [one, two] = [await signedIn(person), await signedIn(person)]
    expect(await sees(one)).toEqual(everything)
    const [ofOne, ofTwo] = [await open(one.live()), await open(two.live())]
    const list = await two.ask<{ id: string; current: boolean }[]>('account.sessions')
    await two.do('account.endSession', { session: list.find(({ current }) => !current)?.id })
    await within5s(ofOne.end)
    expect(await sees(one)).toEqual(nothing)
    expect(await sees(two)).toEqual(everything)
    expect(ofTwo.isOver()).toBe(false)
  })

  test('by signing out, too', async () => {
    const browser = await signedIn(await mint())
    const { end } = await open(browser.live())
    const before = browser.cookie
    const { csrfToken } = (await (await browser.fetch('/api/auth/csrf')).json()) as { csrfToken: string }
    await browser.fetch('/api/auth/signout', { method: 'POST', body: new URLSearchParams({ csrfToken, json: 'true' }) })
    await within5s(end)
    const kept = await fetch(`${server.url}/api/trpc/account.me`, { headers: { cookie: before } })
    expect(kept.status).toBe(401)
  })

  test('by a new password, which ends the others only', async () => {
    const person = await mint()
    const [one, two] = [await signedIn(person), await signedIn(person)]
    const [ofOne, ofTwo] = [await open(one.live()), await open(two.live())]
    await one.do('account.changePassword', { current: password, next: 'an even better one' })
    await within5s(ofTwo.end)
    expect(ofOne.isOver()).toBe(false)
    expect(await sees(one)).toEqual(everything)
    expect(await sees(two)).toEqual(nothing)
  })

  test('by another process, of which the bus does not tell', async () => {
    const { userId, ...person } = await mint()
    const browser = await signedIn({ userId, ...person })
    const { end } = await open(browser.live())
    await server.house.db.asIdentity(({ prisma }) =>
      prisma.session.updateMany({ where: { userId }, data: { revokedAt: new Date() } }),
    )
    await within5s(end)
  })
})

describe('a key that ends', () => {
  test('closes the sockets that it opened, and no other', async () => {
    const person = await mint()
    const [one, two] = [await mintKey(person, 'acme', 'write'), await mintKey(person, 'acme', 'write')]
    const agentOf = (key: string) => open(connect(server.url, '/ingest', { key, protocol: 1, sdk: 'test/0' }))
    const [ofOne, ofTwo] = [await agentOf(one.key), await agentOf(two.key)]
    const viewer = await open(connect(server.url, '/live', { key: one.key, protocol: 1 }))
    const browser = await signedIn(person)
    await browser.do('keys.revoke', { workspace: 'acme', id: one.id })
    await within5s(Promise.all([ofOne.end, viewer.end]))
    expect(ofTwo.isOver()).toBe(false)
    await expect(connect(server.url, '/ingest', { key: one.key, protocol: 1, sdk: 'test/0' })).rejects.toMatchObject({
      data: { code: 'UNAUTHENTICATED' },
    })
  })

  test('by running out, closes them too', async () => {
    const person = await mint()
    const { key, id } = await mintKey(person, 'acme', 'write')
    const { end } = await open(connect(server.url, '/ingest', { key, protocol: 1, sdk: 'test/0' }))
    await server.house.db.inWorkspace(workspaceId, ({ prisma }) =>
      prisma.apiKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() + 500) } }),
    )
    await within5s(end)
  })
})

test('a member who is removed is out: his sockets close, his pages are gone, his keys are dead', async () => {
  const person = await mint()
  const browser = await signedIn(person)
  const { key } = await mintKey(person, 'acme', 'write')
  const [viewer, agent] = [
    await open(browser.live()),
    await open(connect(server.url, '/ingest', { key, protocol: 1, sdk: 'test/0' })),
  ]
  const owner = new TestBrowser(server.url)
  await owner.signIn('owner@example.com', password)
  await owner.do('members.remove', { workspace: 'acme', userId: person.userId })
  await within5s(Promise.all([viewer.end, agent.end]))
  expect(await browser.page('/acme')).toBe('404')
  expect(await browser.series(run)).toBe(404)
  const read = await fetch(`${server.url}/api/v1/acme/digits/runs`, { headers: { authorization: `Bearer ${key}` } })
  expect(read.status).toBe(401)
})

describe('a page of another origin', () => {
  test('opens no socket with its visitor’s cookie, and writes nothing', async () => {
    const browser = await signedIn(await mint())
    await expect(browser.live('https://evil.example')).rejects.toBeDefined()
    await expect(connect(server.url, '/live', { protocol: 1 }, { cookie: browser.cookie })).rejects.toBeDefined()
    const json = { 'content-type': 'application/json' }
    const forged: Record<string, string>[] = [
      { ...json, origin: 'https://evil.example' },
      { ...json, origin: 'null' },
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
    ]
    for (const headers of forged) {
      const init = { method: 'POST', headers, body: JSON.stringify({ name: 'forged' }) }
      expect((await browser.fetch('/api/trpc/account.rename', init)).status).toBe(403)
    }
    const bare = { method: 'POST', headers: { ...json, cookie: browser.cookie }, body: '{"name":"forged"}' }
    expect((await fetch(`${server.url}/api/trpc/account.rename`, bare)).status).toBe(403)
    expect((await browser.fetch('/api/trpc/account.rename?input=%7B%22name%22%3A%22forged%22%7D')).status).toBe(405)
  })
})

describe('a cookie', () => {
  test('that is another of ours, or from elsewhere, or changed, is nobody’s', async () => {
    const browser = await signedIn(await mint())
    const [, name, value] = /(trackside-[^=]*-session)=([^;]+)/.exec(browser.cookie) ?? []
    const [, csrf] = /-csrf=([^;]+)/.exec(browser.cookie) ?? []
    const { encode } = await import('next-auth/jwt')
    const elsewhere = await encode({ token: { sid: 'x' }, secret: 'another server’s secret' })
    const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{"sid":"x"}')}.`
    for (const forged of [csrf, elsewhere, unsigned, `${value?.slice(0, -2)}xx`, '', 'x'.repeat(5_000), server.key]) {
      const answer = await fetch(`${server.url}/api/trpc/account.me`, { headers: { cookie: `${name}=${forged}` } })
      expect(answer.status).toBe(401)
    }
  })

  test('tells a callback address of ours alone', async () => {
    const browser = new TestBrowser(server.url)
    for (const callbackUrl of [
      '//evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '\\\\evil',
      'x'.repeat(9_000),
    ]) {
      const answer = await browser.fetch(`/api/auth/signin?callbackUrl=${encodeURIComponent(callbackUrl)}`)
      const location = new URL(answer.headers.get('location') ?? '/', server.url)
      expect(location.origin).toBe(server.url)
      expect(browser.cookie).not.toMatch(/callback=[^;]*(evil%2F|evil\.example)/)
    }
  })
})
