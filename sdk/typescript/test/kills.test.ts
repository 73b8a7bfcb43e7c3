import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import * as trackside from '../src/index.ts'
import { agentOf, journaled, makeFolder, type Training, train, until, whenever } from './harness.ts'
import { RealServer } from './server.ts'

/**
 * kill -9 while 10,000 points/s flow: every point that log() returned for is in the database exactly once, with its step, time
 * and bits. `npm run faults` kills 20 times each.
 */
const KILLS = Number(process.env.TRACKSIDE_KILLS ?? 2)
const RATE = 5000 // records of two points

const server = new RealServer()
let place = makeFolder()
beforeAll(async () => {
  await server.start()
}, 60_000)
afterAll(() => server.close(), 60_000)
beforeEach(() => {
  place = makeFolder()
})
afterEach(() => place.clear())

const random = (most: number) => Math.random() * most

/** At a moment that nobody chose, while points flow. */
async function meanwhile(training: Training): Promise<void> {
  const before = training.returned()
  await until(() => training.returned() > before + 200 + random(RATE / 2), 'it trains on', 30)
}

async function expectOnServer(run: string, returned: number): Promise<void> {
  const logged = journaled(place.folder)
  expect(logged.length).toBeGreaterThanOrEqual(2 * returned)
  const found = await whenever(
    () => new trackside.Api({ key: server.key, host: server.url }).run(`acme/tests/${run}`),
    'the run is there',
  )
  for (const key of ['train/loss', 'val/acc']) {
    const mine = logged.filter(point => point.key === key)
    const series = await whenever(
      async () => {
        const series = await found.series(key)
        return series.values.length >= mine.length ? series : null
      },
      `${mine.length} points of ${key}`,
      60,
    )
    expect(series.values).toEqual(mine.map(point => point.step).map(i => (key === 'val/acc' ? i : Math.sin(i) / 3)))
    expect(series.steps).toEqual(mine.map(point => point.step))
    expect(series.times).toEqual(mine.map(point => point.time))
  }
}

test(
  'of the training',
  async () => {
    for (let kill = 0; kill < KILLS; kill++) {
      const training = train(place.folder, server.environment, { id: `training-${kill}`, count: 1e9, rate: RATE })
      await meanwhile(training)
      training.child.kill('SIGKILL')
      await training.ended
      await expectOnServer(`training-${kill}`, training.returned())
      await place.clear()
      place = makeFolder()
    }
  },
  60_000 + 30_000 * KILLS,
)

/** One training goes on while its surroundings are killed; then it finishes. */
async function killed(id: string, kill: (training: Training) => Promise<void>): Promise<void> {
  const training = train(place.folder, server.environment, { id, count: 1e9, rate: RATE, untilTold: true })
  for (let i = 0; i < KILLS; i++) {
    await meanwhile(training)
    await kill(training)
  }
  training.child.stdin?.end()
  const { output } = await training.ended
  expect(output).toContain('"refused":0')
  await expectOnServer(id, training.returned())
}

test(
  'of the agent',
  async () => {
    await killed('agent', async () => {
      const agent = await whenever(async () => agentOf(place.folder), 'an agent is there')
      process.kill(agent, 'SIGKILL')
    })
  },
  60_000 + 30_000 * KILLS,
)

test(
  'of the server',
  async () => {
    await killed('server', async () => {
      await server.kill()
      await server.start()
    })
  },
  60_000 + 30_000 * KILLS,
)

test(
  'of the database',
  async () => {
    await killed('database', async () => {
      process.kill(await whenever(async () => server.database, 'the database is there', 60), 'SIGKILL')
    })
  },
  60_000 + 30_000 * KILLS,
)
