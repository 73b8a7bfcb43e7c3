import { afterAll, beforeAll, expect, test } from 'vitest'
import { type KeyedServer, makeFrames, openBodyOf, startKeyedServer, TestAgent } from '../../testing/agent.ts'

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

test('an agent that sends junk is slowed; the ack of another does not wait behind its thousands', async () => {
  const other = await TestAgent.connect(server.url, server.key)
  const body = openBodyOf()
  await other.open(body)
  const frames = makeFrames(body.writer, ['loss'], 1)
  const junk = await TestAgent.connect(server.url, server.key)
  let answered = 0
  for (let i = 0; i < 20_000; i++)
    junk.socket.emit('frame', new Uint8Array(1), (answer: { ok: boolean }) => {
      expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID' } })
      answered++
    })
  // All of it is with the server, or waits before its door.
  while (answered === 0) await new Promise(resolve => setImmediate(resolve))
  for (const frame of frames) expect(await other.ask('frame', frame)).toMatchObject({ ok: true })
  expect(answered).toBeLessThan(200)
  junk.close()
  other.close()
}, 60_000)

test('one whose frames fail now and then is not slowed', async () => {
  const one = await TestAgent.connect(server.url, server.key)
  const body = openBodyOf()
  await one.open(body)
  const [good] = makeFrames(body.writer, ['loss'], 1)
  const asked = Array.from({ length: 400 }, (_, i) => one.ask('frame', i % 20 ? new Uint8Array(1) : good))
  const begun = performance.now()
  const answers = await Promise.all(asked)
  expect(answers.map(({ ok }) => ok)).toEqual(answers.map((_, i) => i % 20 === 0))
  // 400 at 20 ms each would be 8 s.
  expect(performance.now() - begun).toBeLessThan(4_000)
  one.close()
}, 60_000)
