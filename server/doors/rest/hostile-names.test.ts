import { afterAll, beforeAll, expect, test } from 'vitest'
import { type KeyedServer, openBodyOf, startKeyedServer, TestAgent } from '../../testing/agent.ts'

let server: KeyedServer
let agent: TestAgent
beforeAll(async () => {
  server = await startKeyedServer()
  agent = await TestAgent.connect(server.url, server.key)
  await agent.open(openBodyOf({ run: 'r1' }))
}, 60_000)
afterAll(async () => {
  agent?.close()
  await server?.stop()
})

const authorization = () => `Bearer ${server.key}`
const get = (path: string) => fetch(`${server.url}/api/v1/${path}`, { headers: { authorization: authorization() } })

const names = ['%00', 'a%00b', '%ED%A0%80', '%E0%A4%A', '%2e%2e%2f', ':key', 'null', '__proto__', '9223372036854775808']

test.each(names)('%s is nobody: no answer of 500, no row', async name => {
  for (const path of [`${name}/digits/runs`, `acme/${name}/runs`, `acme/digits/runs/${name}`])
    expect([400, 404], path).toContain((await get(path)).status)
  for (const query of [`key=${name}`, `keys=${name}`, `labels=${name}:${name}`]) {
    const answer = await get(`acme/digits/runs/r1/series?${query}`)
    expect([200, 400], query).toContain(answer.status)
    if (answer.ok) expect(await answer.json()).toEqual({})
  }
})

test('a question of series with a NUL is told so', async () => {
  const panel = { id: 'a', runs: [], keys: ['x'], width: 10 }
  for (const odd of [{ keys: ['\0'] }, { labels: { '\0': 'x' } }, { labels: { x: '\0' } }]) {
    const answer = await fetch(`${server.url}/api/series`, {
      method: 'POST',
      headers: { authorization: authorization(), 'content-type': 'application/json' },
      body: JSON.stringify({ panels: [{ ...panel, ...odd }] }),
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { code: 'INVALID' } })
  }
})
