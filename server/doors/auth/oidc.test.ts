import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createUser } from '../../domain/accounts/index.ts'
import { invite } from '../../domain/workspaces/index.ts'
import { type KeyedServer, startKeyedServer } from '../../testing/agent.ts'
import { TestBrowser } from '../../testing/browser.ts'
import { mintCtx } from '../../testing/factories.ts'
import { startOidc } from '../../testing/oidc.ts'
import { mintPerson, password } from '../../testing/people.ts'

let server: KeyedServer
let provider: Awaited<ReturnType<typeof startOidc>>
beforeAll(async () => {
  provider = await startOidc()
  server = await startKeyedServer(provider.variables, 'built')
}, 60_000)
afterAll(async () => {
  await server?.stop()
  provider?.stop()
})

const system = () => mintCtx({ kind: 'system' }, server.house.db)
const someone = () => ({ sub: randomUUID(), email: `${randomUUID()}@example.com`, email_verified: true, name: 'Ada' })

/** Clicks the button, is sent to the provider and back. Returns where it ends. */
async function through(browser: TestBrowser, callbackUrl = '/'): Promise<URL> {
  const { csrfToken } = (await (await browser.fetch('/api/auth/csrf')).json()) as { csrfToken: string }
  const body = new URLSearchParams({ csrfToken, callbackUrl: new URL(callbackUrl, server.url).href, json: 'true' })
  const begun = await browser.fetch('/api/auth/signin/oidc', { method: 'POST', body })
  const { url } = (await begun.json()) as { url: string }
  const authorized = await fetch(url, { redirect: 'manual' })
  const back = new URL(authorized.headers.get('location') ?? '')
  const ended = await browser.fetch(back.pathname + back.search)
  return new URL(ended.headers.get('location') ?? '', server.url)
}

const me = async (browser: TestBrowser) =>
  (await browser.ask<{ user: { email: string; identities: string[] } }>('account.me').catch(() => null))?.user

describe('signing in with an OpenID provider', () => {
  test('is offered where its variables are set', async () => {
    const { providers } = await new TestBrowser(server.url).ask<{ providers: object[] }>('account.entrance')
    expect(providers).toEqual([{ id: 'oidc', name: 'single sign-on' }])
  })

  test('lets in nobody who was not invited', async () => {
    provider.knows(someone())
    const browser = new TestBrowser(server.url)
    const end = await through(browser)
    expect(end.pathname).toBe('/login')
    expect(end.searchParams.get('error')).toBe('Accounts on this server are made by invitation')
    expect(await me(browser)).toBeUndefined()
  })

  test('lets in whoever comes with an invitation', async () => {
    const ctx = await system()
    const { token } = await invite(ctx, 'acme', { role: 'member', days: 1 })
    const person = someone()
    provider.knows(person)
    const browser = new TestBrowser(server.url)
    expect((await through(browser, `/invite/${token}`)).pathname).toBe(`/invite/${token}`)
    expect(await me(browser)).toMatchObject({ email: person.email, identities: ['oidc'] })
    expect(await browser.do('members.accept', { token })).toEqual({ slug: 'acme' })
    const again = new TestBrowser(server.url)
    await through(again)
    expect(await me(again)).toMatchObject({ email: person.email })
  })

  test('finds the account that the administrator made for its verified address', async () => {
    const person = someone()
    await createUser(await system(), { name: 'Ada', email: person.email })
    provider.knows({ ...person, email_verified: false })
    const browser = new TestBrowser(server.url)
    await through(browser)
    expect(await me(browser)).toBeUndefined()
    provider.knows(person)
    await through(browser)
    expect(await me(browser)).toMatchObject({ email: person.email })
  })

  test('never takes over an account with a password, but is linked by whoever is signed in to it', async () => {
    const { email } = await mintPerson(await system())
    provider.knows({ ...someone(), email })
    const browser = new TestBrowser(server.url)
    const end = await through(browser)
    expect(end.searchParams.get('error')).toBe('Sign in with your password first, then with this provider')
    expect(await me(browser)).toBeUndefined()
    await browser.signIn(email, password)
    await through(browser)
    const again = new TestBrowser(server.url)
    await through(again)
    expect(await me(again)).toMatchObject({ email })
  })

  test('cannot be finished in another browser than it was begun in', async () => {
    const person = someone()
    await createUser(await system(), { name: 'Ada', email: person.email })
    provider.knows(person)
    const [begun, other] = [new TestBrowser(server.url), new TestBrowser(server.url)]
    const { csrfToken } = (await (await begun.fetch('/api/auth/csrf')).json()) as { csrfToken: string }
    const body = new URLSearchParams({ csrfToken, json: 'true' })
    const { url } = (await (await begun.fetch('/api/auth/signin/oidc', { method: 'POST', body })).json()) as {
      url: string
    }
    const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '')
    await other.fetch(back.pathname + back.search)
    expect(await me(other)).toBeUndefined()
  })
})
