import { afterAll, beforeAll, expect, test } from 'vitest'
import { type KeyedServer, openBodyOf, startKeyedServer, TestAgent } from '../../testing/agent.ts'

let server: KeyedServer
let agent: TestAgent
beforeAll(async () => {
  server = await startKeyedServer()
  agent = await TestAgent.connect(server.url, server.key)
}, 60_000)
afterAll(async () => {
  agent?.close()
  await server?.stop()
})

test('one agent that asks for hundreds of things at once keeps nobody else waiting', async () => {
  let unanswered = 400
  const flood = Array.from({ length: unanswered }, async () => {
    const answer = await agent.socket.timeout(60_000).emitWithAck('open', openBodyOf({ run: 'flood' }))
    unanswered--
    return answer
  })
  await Promise.race(flood)
  const read = await fetch(`${server.url}/api/v1/acme/digits/runs`, {
    headers: { authorization: `Bearer ${server.key}` },
  })
  expect(read.status).toBe(200)
  // It was answered behind all of them, when it was.
  expect(unanswered).toBeGreaterThan(200)
  for (const answer of await Promise.all(flood)) expect(answer).toMatchObject({ ok: true })
}, 60_000)
