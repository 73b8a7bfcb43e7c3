import { afterAll, beforeAll, expect, test } from 'vitest'
import { type KeyedServer, startKeyedServer } from '../../testing/agent.ts'
import { mintCtx } from '../../testing/factories.ts'
import { mintKey, mintMember } from '../../testing/people.ts'

let server: KeyedServer
beforeAll(async () => {
  server = await startKeyedServer({ TRACKSIDE_TRUST_PROXY: '1' })
}, 60_000)
afterAll(() => server?.stop())

const measure = (headers: Record<string, string>) => fetch(`${server.url}/metrics`, { headers })
const afar = { 'x-forwarded-for': '203.0.113.7' }

test('measurements are told on this machine, and elsewhere for a key of scope admin alone', async () => {
  expect((await measure({})).status).toBe(200)
  expect((await measure(afar)).status).toBe(401)
  expect((await measure({ ...afar, authorization: `Bearer ${server.key}` })).status).toBe(200)
  expect((await measure({ ...afar, authorization: 'Bearer tsk-nobodys-key-of-forty-characters-or-more' })).status).toBe(
    401,
  )
  const workspace = await server.house.db.acrossWorkspaces(({ prisma }) => prisma.workspace.findFirstOrThrow())
  const person = await mintMember(await mintCtx({ kind: 'system' }, server.house.db), workspace.workspaceId, 'admin')
  const { key } = await mintKey(person, workspace.slug, 'write')
  expect((await measure({ ...afar, authorization: `Bearer ${key}` })).status).toBe(403)
})

test('measurements never name a tenant', async () => {
  await fetch(`${server.url}/acme/secret-project`, { headers: { authorization: `Bearer ${server.key}` } })
  const text = await (await measure({})).text()
  expect(text).toContain('trackside_http_request_seconds')
  expect(text).not.toMatch(/acme|secret-project|@example/)
})

test("every answer carries its request's id and says how a browser is to treat it", async () => {
  const given = await fetch(`${server.url}/healthz`, { headers: { 'x-request-id': 'id-of-the-proxy-1' } })
  expect(given.headers.get('x-request-id')).toBe('id-of-the-proxy-1')
  const strange = await fetch(`${server.url}/readyz`, { headers: { 'x-request-id': 'a b<script>' } })
  expect(strange.status).toBe(200)
  expect(strange.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(strange.headers.get('x-content-type-options')).toBe('nosniff')
  expect(strange.headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
})
