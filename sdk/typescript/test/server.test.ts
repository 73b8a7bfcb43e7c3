import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { bitsOf, HARD_KEYS, HARD_VALUES } from '../../../protocol/golden/values.ts'
import { handOver } from '../src/credentials.ts'
import * as trackside from '../src/index.ts'
import { startAgent } from '../src/launcher.ts'
import { sync } from '../src/sync.ts'
import { agentOf, makeFolder, train, until, whenever } from './harness.ts'
import { RealServer } from './server.ts'

vi.setConfig({ testTimeout: 90_000 }) // each wait inside has a shorter end of its own

/** The whole way: training, journal, agent, socket, server, database, and back over HTTP, bit for bit. */

const PYTHON = process.env.TRACKSIDE_TEST_PYTHON ?? ''
const PACKAGE = fileURLToPath(new URL('../../python', import.meta.url))

const server = new RealServer()
let place = makeFolder()
beforeAll(async () => {
  await server.start()
})
afterAll(() => server.close(), 60_000)
beforeEach(() => {
  place = makeFolder()
})
afterEach(async () => {
  await trackside.finish()
  await place.clear()
})

const view = (path: string) =>
  whenever(() => new trackside.Api({ key: server.key, host: server.url }).run(`acme/${path}`), `run ${path} is there`)

const begin = (options: trackside.InitOptions) =>
  trackside.init({
    dir: place.folder,
    workspace: 'acme',
    settings: { silent: true, baseUrl: server.url, apiKey: server.key },
    ...options,
  })

test('what was logged is read back bit for bit', async () => {
  const run = await begin({
    project: 'bits & pieces',
    config: { lr: 0.1, model: { inf: Number.POSITIVE_INFINITY } },
    name: 'first',
  })
  const steps = HARD_VALUES.map((_, i) => (i % 3 === 0 ? -i : i === 7 ? Number.MAX_SAFE_INTEGER : i))
  HARD_VALUES.forEach((value, i) => {
    run.log({ ...Object.fromEntries(HARD_KEYS.map(key => [key, value])), refused: 'text' }, { step: steps[i] })
  })
  run.summary.best = 0.5
  const count = HARD_VALUES.length * HARD_KEYS.length
  const refused = HARD_VALUES.length
  expect(await run.finish()).toEqual({ logged: count + refused, stored: count, refused, pending: 0 })
  const found = await view(`bits & pieces/${run.id}`)
  for (const key of HARD_KEYS) {
    const series = await found.series(key)
    expect(series.steps).toEqual(steps.map(step => step + 0))
    expect(series.values.map(bitsOf)).toEqual(HARD_VALUES.map(bitsOf))
  }
  expect(found).toMatchObject({
    name: 'first',
    state: 'finished',
    config: { lr: 0.1, model: { inf: 'Infinity' } },
    summary: { best: 0.5 },
  })
})

test('what is said of keys is in the summary that is read back', async () => {
  const run = await begin({ project: 'definitions' })
  run.defineMetric('val/*', { stepMetric: 'epoch', summary: ['min', 'best'], goal: 'maximize' })
  for (const [epoch, acc] of [0.5, 0.75, 0.25].entries()) run.log({ epoch, val: { acc } })
  await run.finish()
  expect((await view(`definitions/${run.id}`)).summary).toEqual({ 'val/acc': { min: 0.25, best: 0.75 } })
})

test.each([
  [{}, 'finished'],
  [{ fail: true }, 'failed'],
])('a training that ends like %j is shown as %s', async (ending, state) => {
  await train(place.folder, server.environment, { id: state, count: 100, rate: 1e6, ...ending }).ended
  const found = await view(`tests/${state}`)
  await whenever(async () => (await found.refresh()).state === state || null, `the run is ${state}`)
  expect((await found.series('val/acc')).values).toEqual(Array.from({ length: 100 }, (_, i) => i))
})

test('a training that is killed is shown as crashed, its tail delivered', async () => {
  const training = train(place.folder, server.environment, { id: 'gone', count: 1000, rate: 1e6, hang: true })
  await until(() => training.returned() === 1000, 'it has logged')
  training.child.kill('SIGKILL')
  await training.ended
  const found = await view('tests/gone')
  await whenever(async () => (await found.refresh()).state === 'crashed' || null, 'the run is crashed', 60)
  expect((await found.series('val/acc')).values).toHaveLength(1000)
})

test('telemetry comes by itself', async () => {
  const run = await begin({ project: 'telemetry' })
  run.log({ a: 1 })
  const found = await view(`telemetry/${run.id}`)
  for (const key of [
    'system/cpu.util',
    'system/memory.used',
    'system/process.memory',
    'system/process.cpu',
    'system/disk.used',
  ])
    await whenever(async () => (await found.series(key)).values.length > 1 || null, `two samples of ${key}`)
  expect(await run.finish()).toEqual({ logged: 1, stored: 1, refused: 0, pending: 0 })
  await found.refresh()
  expect((await found.history()).map(({ a }) => a)).toEqual([1])
  expect(Object.keys(Object.assign({}, ...(await found.history()))).toSorted()).toEqual(['_step', '_timestamp', 'a'])
  expect(Object.assign({}, ...(await found.history(500, undefined, 'system')))).toHaveProperty(['system/cpu.util'])
})

test('offline, then sync from another folder than it was logged in, then again: every point once', async () => {
  await train(place.folder, server.environment, { id: 'later', count: 500, rate: 1e6 }, { TRACKSIDE_MODE: 'offline' })
    .ended
  const moved = makeFolder()
  execFileSync('cp', ['-r', join(place.folder, 'runs'), moved.folder])
  handOver(moved.folder, server.url, server.key)
  const receipt = { logged: 1000, stored: 1000, refused: 0, pending: 0 }
  expect(await sync(place.folder, { verify: true })).toMatchObject([{ receipt, verified: true, error: null }])
  expect(await sync(moved.folder, { verify: true })).toMatchObject([{ receipt, verified: true, error: null }])
  await moved.clear()
  expect((await (await view('tests/later')).series('val/acc')).values).toHaveLength(500)
})

test.each(['host', 'variable', 'login'])(
  'an offline run that knew no server is delivered where sync is told, by %s',
  async way => {
    vi.stubEnv('XDG_CONFIG_HOME', place.folder)
    const nobody = { TRACKSIDE_BASE_URL: '', TRACKSIDE_API_KEY: '', TRACKSIDE_MODE: 'offline' }
    const run = `nowhere-${way}`
    await train(place.folder, nobody, { id: run, count: 10, rate: 1e6 }).ended
    if (way === 'login') trackside.login(server.key, server.url)
    else vi.stubEnv('TRACKSIDE_API_KEY', server.key)
    vi.stubEnv('TRACKSIDE_BASE_URL', { host: 'http://127.0.0.1:9', variable: server.url }[way])
    const receipt = { logged: 20, stored: 20, refused: 0, pending: 0 }
    const told = way === 'host' ? { host: server.url } : {}
    const synced = await sync(place.folder, { verify: true, ...told })
    vi.unstubAllEnvs()
    expect(synced).toMatchObject([{ receipt, verified: true, error: null }])
    expect((await (await view(`tests/${run}`)).series('val/acc')).values).toHaveLength(10)
  },
)

const py = (code: string) =>
  spawnSync(PYTHON, ['-c', code], {
    encoding: 'utf8',
    env: {
      ...process.env,
      ...server.environment,
      PYTHONPATH: PACKAGE,
      TRACKSIDE_DIR: place.folder,
      TRACKSIDE_SILENT: '1',
    },
  })

test.skipIf(!existsSync(PYTHON))(
  'the agent of one SDK delivers what the other logged',
  async () => {
    const code = (id: string) =>
      `import trackside; r = trackside.init(project='both', id='${id}'); [r.log({'a': i / 7}) for i in range(500)]; print(r.finish())`
    const receipt = "{'logged': 500, 'stored': 500, 'refused': 0, 'pending': 0}"
    handOver(place.folder, server.url, server.key)
    startAgent(place.folder)
    await until(
      () => readdirSync(place.folder).includes('agent') && agentOf(place.folder) !== null,
      'the agent is there',
    )
    expect(py(code('python')).stdout.trim()).toBe(receipt)
    expect((await (await view('both/python')).series('a')).values).toEqual(Array.from({ length: 500 }, (_, i) => i / 7))
    await place.clear()
    place = makeFolder()
    expect(py(code('first')).stdout.trim()).toBe(receipt) // its agent stays for 5 s
    expect(
      (await train(place.folder, server.environment, { id: 'second', count: 500, rate: 1e6 }).ended).output,
    ).toContain('"stored":1000')
    expect((await (await view('tests/second')).series('val/acc')).values).toHaveLength(500)
  },
  60_000,
)

test('the page is known at once, or from the first answer of the server on', async () => {
  const settings = { silent: false, baseUrl: server.url, apiKey: server.key }
  const known = await begin({ project: 'My pages', settings })
  expect(known.url).toBe(`${server.url}/acme/My%20pages/runs/${known.id}`)
  await known.finish()
  const learning = await begin({ project: 'My pages', workspace: undefined, settings })
  expect(learning.url).toBeNull()
  await until(() => learning.url !== null, 'the server answers')
  await learning.finish()
  const next = await begin({ project: 'My pages', workspace: undefined, settings })
  expect(next.url).toBe(`${server.url}/acme/My%20pages/runs/${next.id}`)
  await next.finish()
})

test('words given while a run goes on are shown', async () => {
  const run = await begin({ project: 'words', tags: ['a'], notes: 'why', config: { lr: 0.1 } })
  run.name = 'renamed'
  run.notes = null
  run.tags = [...run.tags, 'b', 'a']
  run.config.update({ lr: 0.3 }, { allowValChange: true })
  await run.finish()
  const found = await view(`words/${run.id}`)
  expect(found).toMatchObject({ name: 'renamed', notes: null, tags: ['a', 'b'], config: { lr: 0.3 } })
})
