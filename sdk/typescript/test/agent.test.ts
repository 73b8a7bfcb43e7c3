import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { handOver } from '../src/credentials.ts'
import { startAgent } from '../src/launcher.ts'
import { isAlive } from '../src/process.ts'
import { describe, statusOf } from '../src/status.ts'
import { sync } from '../src/sync.ts'
import { agentOf, journaled, KEY, makeFolder, train, until } from './harness.ts'
import { type Kept, Peer } from './peer.ts'

vi.setConfig({ testTimeout: 90_000 }) // each wait inside has a shorter end of its own

let place = makeFolder()
let peer = new Peer()
beforeEach(async () => {
  place = makeFolder()
  peer = await new Peer().listen()
})
afterEach(async () => {
  await place.clear()
  await peer.close()
})

/** Every point of the folder's journals is with the server exactly once: seq, key, step, time and bits. */
function expectAllDelivered(run: string): void {
  const kept = peer.of(run).flatMap((writer: Kept) => writer.points)
  expect(kept).toEqual(journaled(place.folder))
}

test('a training streams through its agent; finish gives the receipt; the agent leaves by itself', async () => {
  const training = train(place.folder, peer.url, { id: 'live', count: 2000, rate: 10_000 })
  const { code, output } = await training.ended
  expect(code).toBe(0)
  expect(output).toContain('{"logged":4000,"stored":4000,"refused":0,"pending":0}')
  expectAllDelivered('live')
  const [kept] = peer.of('live')
  expect(kept?.items.map(item => item.k)).toEqual(expect.arrayContaining(['config', 'env', 'finish']))
  expect(kept?.items.at(-1)?.k).toBe('finish')
  await until(() => peer.of('live', 'telemetry')[0]?.finished === true, 'the telemetry ends with the run')
  const keys = new Set(peer.of('live', 'telemetry').flatMap(writer => writer.points.map(point => point.key)))
  for (const key of ['system/cpu.load', 'system/memory.used', 'system/disk.used', 'system/process.memory'])
    expect(keys).toContain(key)
  const agent = agentOf(place.folder)
  expect(agent).not.toBeNull()
  await until(() => agentOf(place.folder) === null, 'the agent leaves', 12)
})

test('the shortest run has rates too: its end brings one more sample', async () => {
  await train(place.folder, peer.url, { id: 'short', count: 1, rate: 10_000 }).ended
  await until(() => peer.of('short', 'telemetry')[0]?.finished === true, 'the telemetry ends with the run')
  const keys = peer.of('short', 'telemetry').flatMap(writer => writer.points.map(point => point.key))
  expect(keys).toEqual(expect.arrayContaining(['system/cpu.util', 'system/network.in']))
  expect(peer.of('short', 'telemetry')[0]?.items.at(-1)?.k).toBe('finish')
})

test('kill -9 of the training loses nothing that log() returned for, and the run is told dead', async () => {
  const training = train(place.folder, peer.url, { id: 'killed', count: 1e9, rate: 10_000 })
  await until(() => training.returned() > 5000, 'the training logs')
  training.child.kill('SIGKILL')
  await training.ended
  const returned = training.returned()
  await until(
    () => peer.of('killed', 'telemetry').some(({ items }) => items.some(item => item.k === 'died')),
    'the death is told',
  )
  expectAllDelivered('killed')
  expect(peer.of('killed')[0]?.points.length).toBeGreaterThanOrEqual(2 * returned)
  const [died] = peer.of('killed', 'telemetry').flatMap(({ items }) => items.filter(item => item.k === 'died'))
  expect(died).toMatchObject({ writer: peer.of('killed')[0]?.header.writer, reason: 'crashed' })
})

test('kill -9 of the agent again and again: another takes over, every point arrives once', async () => {
  const training = train(place.folder, peer.url, { id: 'agents', count: 60_000, rate: 10_000 })
  for (let kills = 0; kills < 3; kills++) {
    const upto = peer.of('agents')[0]?.upto ?? -1
    await until(() => (peer.of('agents')[0]?.upto ?? -1) > upto + 20_000, 'points arrive')
    const agent = agentOf(place.folder)
    if (agent) process.kill(agent, 'SIGKILL')
    await until(() => agentOf(place.folder) !== agent, 'the agent is gone')
  }
  const { output } = await training.ended
  expect(output).toContain('{"logged":120000,"stored":120000,"refused":0,"pending":0}')
  expectAllDelivered('agents')
})

test('a server that goes away, answers BUSY and asks again gets every point once', async () => {
  const moods: ReturnType<NonNullable<Peer['onFrame']>>[] = [
    null,
    { code: 'BUSY', message: 'busy', retry_after_ms: 50 },
    null,
    { code: 'NOT_OPEN', message: 'open first' },
    { code: 'RESEND', message: 'again', from: 0 },
  ]
  peer.onFrame = count => moods[count % 7] ?? null
  const training = train(place.folder, peer.url, { id: 'rough', count: 30_000, rate: 10_000 })
  await until(() => (peer.of('rough')[0]?.upto ?? -1) > 5000, 'points arrive')
  await peer.close()
  await until(() => training.returned() > 20_000, 'the training goes on')
  await peer.listen()
  const { output } = await training.ended
  expect(output).toContain('"logged":60000')
  await until(() => peer.of('rough')[0]?.finished === true, 'the end is delivered')
  expectAllDelivered('rough')
})

test('one agent serves all trainings of a folder, over one socket', async () => {
  const trainings = ['one', 'two', 'three'].map(id => train(place.folder, peer.url, { id, count: 500, rate: 2000 }))
  const agents = new Set<number>()
  await until(() => {
    const agent = agentOf(place.folder)
    if (agent) agents.add(agent)
    return ['one', 'two', 'three'].every(id => peer.of(id)[0]?.finished)
  }, 'all are delivered')
  await Promise.all(trainings.map(training => training.ended))
  expect(agents.size).toBe(1)
  for (const id of ['one', 'two', 'three']) expect(peer.of(id)[0]?.points).toHaveLength(1000)
})

test('offline keeps the journal only; sync delivers it, once, and verifies', async () => {
  const { output } = await train(
    place.folder,
    peer.url,
    { id: 'off', count: 300, rate: 1e6 },
    { TRACKSIDE_MODE: 'offline' },
  ).ended
  expect(output).toContain('{"logged":600,"stored":0,"refused":0,"pending":600}')
  expect(readdirSync(place.folder)).not.toContain('agent')
  const receipt = { logged: 600, stored: 600, refused: 0, pending: 0 }
  expect(await sync(place.folder)).toMatchObject([{ run: 'off', receipt, error: null }])
  expect(await sync(place.folder)).toEqual([])
  expect(await sync(place.folder, { verify: true })).toMatchObject([{ run: 'off', receipt, verified: true }])
  expectAllDelivered('off')
  const launch = join(place.folder, 'runs', readdirSync(join(place.folder, 'runs'))[0] ?? '')
  expect(await sync(launch, { verify: true })).toMatchObject([{ verified: true }])
  expect(statusOf(place.folder).writers).toEqual([])
})

test('a training that was killed while the server was away is delivered by sync', async () => {
  await peer.close()
  const training = train(place.folder, peer.url, { id: 'alone', count: 1e9, rate: 10_000 })
  await until(() => training.returned() > 3000, 'the training logs')
  training.child.kill('SIGKILL')
  await training.ended
  const agent = agentOf(place.folder)
  if (agent) process.kill(agent, 'SIGKILL')
  await peer.listen()
  const [synced] = await sync(place.folder, { verify: true })
  expect(synced).toMatchObject({ run: 'alone', error: null, verified: true })
  expect(synced?.receipt.stored).toBeGreaterThanOrEqual(6000)
  expectAllDelivered('alone')
  expect(peer.of('alone', 'telemetry').some(({ items }) => items.some(item => item.k === 'died'))).toBe(true)
})

test('a key that is not taken costs nothing: the journal waits, and goes with the next key', async () => {
  const { output } = await train(
    place.folder,
    peer.url,
    { id: 'locked', count: 100, rate: 1e6 },
    { TRACKSIDE_API_KEY: 'tsk-wrong' },
  ).ended
  expect(output).toContain('{"logged":200,"stored":0,"refused":0,"pending":200}')
  const [writer] = statusOf(place.folder).writers
  expect(writer?.state).toEqual(['waits for a key'])
  expect(writer?.error).toEqual({ code: 'UNAUTHENTICATED', message: 'this key is not known' })
  peer.key = 'tsk-wrong'
  const [synced] = await sync(place.folder)
  expect(synced).toMatchObject({ error: null, receipt: { stored: 200 } })
})

test("resume never: the server's clear no is a UsageError, and the data stays here", async () => {
  peer.onOpen = body => (body.condition === 'never' ? { code: 'CONFLICT', message: 'run taken exists' } : null)
  const { code, output } = await train(
    place.folder,
    peer.url,
    { id: 'taken', count: 10, rate: 1e6 },
    { TRACKSIDE_RESUME: 'never' },
  ).ended
  expect([code, output]).toEqual([1, ''])
  expect(statusOf(place.folder).writers).toMatchObject([
    { state: ['kept here'], error: { message: 'run taken exists' } },
  ])
  expect(describe(statusOf(place.folder))).toContain('trackside sync --id NEW ')
  expect(await sync(place.folder, { id: 'free' })).toMatchObject([{ run: 'free', error: null }])
  // It stays where it was brought, and what was asked of the run that refused it is not asked again.
  expect(await sync(place.folder, { verify: true })).toMatchObject([{ run: 'free', verified: true }])
})

test('an id is for one run: several that wait are not joined under it', async () => {
  const offline = { TRACKSIDE_MODE: 'offline' }
  for (const id of ['first', 'second']) await train(place.folder, peer.url, { id, count: 10, rate: 1e6 }, offline).ended
  await expect(sync(place.folder, { id: 'both' })).rejects.toThrow('first, second; give the folder of one')
  expect(peer.of('both')).toEqual([])
})

test('a program that fails says so, and SIGTERM delivers what was logged before it ends', async () => {
  const failed = await train(place.folder, peer.url, { id: 'failed', count: 10, rate: 1e6, fail: true }).ended
  expect(failed.code).toBe(1)
  await until(() => peer.of('failed')[0]?.finished === true, 'the failure is delivered')
  expect(peer.of('failed')[0]?.items.at(-1)).toMatchObject({ k: 'finish', exit_code: 1 })
  const stopped = train(place.folder, peer.url, { id: 'stopped', count: 10, rate: 1e6, hang: true })
  await until(() => stopped.returned() === 10, 'it has logged')
  stopped.child.kill('SIGTERM')
  expect((await stopped.ended).signal).toBe('SIGTERM')
  expect(peer.of('stopped')[0]?.points).toHaveLength(20)
  await until(() => peer.of('stopped')[0]?.items.at(-1)?.k === 'died', 'the signal is told')
  expect(peer.of('stopped')[0]?.items.at(-1)).toMatchObject({ reason: 'signal:15' })
})

test('damage in the middle of a journal costs only its own points, and sync tells that they are lost', async () => {
  handOver(place.folder, peer.url, KEY)
  await train(place.folder, peer.url, { id: 'hurt', count: 50, rate: 1e6 }, { TRACKSIDE_MODE: 'offline' }).ended
  const launch = join(place.folder, 'runs', readdirSync(join(place.folder, 'runs'))[0] ?? '')
  const segment = readdirSync(launch).find(name => name.endsWith('.tsj')) ?? ''
  const bytes = readFileSync(join(launch, segment))
  const value = Buffer.alloc(8)
  value.writeDoubleLE(Math.sin(20) / 3)
  const at = bytes.indexOf(value)
  bytes[at] = (bytes[at] as number) ^ 0x5a
  writeFileSync(join(launch, segment), bytes)
  const [synced] = await sync(place.folder, { verify: true })
  expect(synced).toMatchObject({ receipt: { stored: 98 }, verified: false })
  expect(peer.of('hurt')[0]?.holes).toBe(2)
})

test('an agent that finds the lock taken leaves', async () => {
  const training = train(place.folder, peer.url, { id: 'lock', count: 10, rate: 1e6, hang: true })
  await until(() => agentOf(place.folder) !== null && peer.of('lock')[0]?.upto === 19, 'it is delivered')
  const agent = agentOf(place.folder)
  startAgent(place.folder)
  await until(
    () => peer.of('lock', 'telemetry')[0]?.points.some(point => point.key === 'system/process.cpu') === true,
    'telemetry goes on',
  )
  expect(agentOf(place.folder)).toBe(agent)
  training.child.kill('SIGKILL')
  await training.ended
})

test('an agent whose folder is taken away leaves', async () => {
  await peer.close()
  await train(place.folder, peer.url, { id: 'away', count: 10, rate: 1e6 }).ended
  const agent = agentOf(place.folder)
  expect(agent).not.toBeNull()
  rmSync(place.folder, { recursive: true, force: true })
  await until(() => !isAlive(agent as number, null), 'the agent leaves')
})

test('a stop asked for on the page ends the program as Ctrl-C does, its run finished and delivered', async () => {
  peer.stop = ['stopped']
  const training = train(place.folder, peer.url, { id: 'stopped', count: 1e9, rate: 1000 })
  const { signal } = await training.ended
  expect(signal).toBe('SIGINT')
  await until(() => peer.of('stopped')[0]?.finished === true, 'the end is delivered')
  expect(peer.of('stopped')[0]?.items.at(-1)).toMatchObject({ k: 'finish', exit_code: 130 })
  expectAllDelivered('stopped')
})
