import { afterAll, beforeAll, expect, test } from 'vitest'
import { framesOf } from '../../../protocol/frame-builder.ts'
import { type KeyedServer, makeFrames, openBodyOf, startKeyedServer, TestAgent } from '../../testing/agent.ts'

let server: KeyedServer
beforeAll(async () => {
  server = await startKeyedServer()
}, 60_000)
afterAll(() => server?.stop())

async function opened(body = openBodyOf()) {
  const agent = await TestAgent.connect(server.url, server.key)
  await agent.open(body)
  return { ...body, agent }
}

async function stored(run: string, key: string) {
  const path = `${server.url}/api/v1/acme/digits/runs/${run}/series?key=${key}`
  const told = await (await fetch(path, { headers: { authorization: `Bearer ${server.key}` } })).json()
  return told[key] as { steps: number[]; times: number[]; values: number[] } | undefined
}

test('twenty thousand keys logged at once are kept, in as many frames as they need', async () => {
  const { agent, writer, run } = await opened()
  const keys = Array.from({ length: 20_000 }, (_, i) => `k/${i}`)
  const values = Float64Array.from(keys, (_, i) => i)
  for (const frame of framesOf(writer, [{ seq: 0, step: 1, time: 1_000, keys, values }]))
    expect(await agent.ask('frame', frame)).toMatchObject({ ok: true })
  expect(await agent.ask('receipt', { writer })).toMatchObject({ stored: 20_000, refused: 0, upto: 19_999 })
  expect((await stored(run, 'k/19999'))?.values).toEqual([19_999])
  agent.close()
}, 60_000)

test('two sockets that send the journal of one writer at once, cut differently, store every point once', async () => {
  const one = await opened()
  const other = await opened(openBodyOf({ run: one.run, writer: one.writer }))
  const send = async (agent: TestAgent, size: number) => {
    for (let first = 0; first < 600; ) {
      const [frame] = makeFrames(one.writer, ['loss'], Math.min(size, 600 - first), first)
      const answer = await agent.ask<{ upto: number }>('frame', frame)
      if (answer.ok) first = answer.upto + 1
      else if (answer.error.code === 'RESEND') first = answer.error.from ?? 0
      else throw new Error(answer.error.message)
    }
  }
  await Promise.all([send(one.agent, 7), send(other.agent, 11), send(one.agent, 13), send(other.agent, 5)])
  const steps = Array.from({ length: 600 }, (_, i) => i)
  expect(await stored(one.run, 'loss')).toMatchObject({ steps, values: steps })
  one.agent.close()
  other.agent.close()
}, 60_000)

test('a clock that jumps, backwards or by centuries, costs no point and no other run', async () => {
  const { agent, writer, run } = await opened(openBodyOf({ start: -1, created: Number.MAX_SAFE_INTEGER }))
  const times = [1_000, -5, 0, 253_402_300_800_000, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 2_000]
  const records = times.map((time, seq) => ({ seq, step: seq, time, keys: ['loss'], values: Float64Array.of(seq) }))
  for (const frame of framesOf(writer, records)) expect(await agent.ask('frame', frame)).toMatchObject({ ok: true })
  expect((await stored(run, 'loss'))?.times).toEqual(times)
  const finish = { k: 'finish', exit_code: 0, time: Number.MAX_SAFE_INTEGER, logged: times.length, refused: 0 }
  expect(await agent.ask('meta', { writer, first: 0, items: [finish] })).toMatchObject({ ok: true })
  const list = await fetch(`${server.url}/api/v1/acme/digits/runs`, {
    headers: { authorization: `Bearer ${server.key}` },
  })
  expect(list.status).toBe(200)
  agent.close()
}, 60_000)
