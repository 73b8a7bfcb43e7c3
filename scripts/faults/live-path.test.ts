import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { framesOf } from '../../protocol/frame-builder.ts'
import { byStep } from '../../series/append.ts'
import { cookieSecret, cookiesOf } from '../../server/doors/auth/cookies.ts'
import { sealRun } from '../../server/store/points/seal.ts'
import { type KeyedServer, openBodyOf, startKeyedServer, TestAgent } from '../../server/testing/agent.ts'
import { askSeries } from '../../ui/live/ask-series.ts'
import { LiveClient } from '../../ui/live/live-client.ts'
import { SeriesFeed } from '../../ui/live/series-feed.ts'
import { Line } from './line.ts'

let server: KeyedServer
let agent: TestAgent
let line: Line
beforeAll(async () => {
  server = await startKeyedServer()
  agent = await TestAgent.connect(server.url, server.key)
  line = await Line.to(server.url, await ownersCookie())
  // What the client touches of a browser.
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }))
  const real = fetch
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => real(line.url + path, init))
}, 60_000)
afterAll(async () => {
  line?.close()
  agent?.close()
  await server?.stop()
  vi.unstubAllGlobals()
})

async function ownersCookie(): Promise<string> {
  const { house } = server
  const sid = randomBytes(32).toString('base64url')
  await house.db.acrossWorkspaces(async ({ prisma }) => {
    const { id: userId } = await prisma.user.findFirstOrThrow({ where: { email: 'owner@example.com' } })
    await prisma.session.create({ data: { id: sid, userId, expiresAt: new Date(Date.now() + 3_600_000) } })
  })
  return `${cookiesOf(house).sessionToken.name}=${await encode({ token: { sid }, secret: cookieSecret(house) })}`
}

const KEY = 'loss'

/** A run that trains, and all that it logged, in order of commit. */
async function training() {
  const body = openBodyOf()
  await agent.open(body)
  const { db } = server.house
  const { run } = await db.acrossWorkspaces(({ prisma }) => prisma.run.findFirstOrThrow({ where: { id: body.run } }))
  const logged: { step: number; value: number }[] = []
  return {
    run: Number(run),
    logged,
    async log(steps: number[]) {
      const records = steps.map((step, i) => {
        const value = logged.length + i
        return { seq: value, step, time: 1_000 + value, keys: [KEY], values: Float64Array.of(value) }
      })
      for (const frame of framesOf(body.writer, records)) expect((await agent.ask('frame', frame)).ok).toBe(true)
      logged.push(...records.map(({ step, seq }) => ({ step, value: seq })))
    },
    seal: () => db.acrossWorkspaces(tx => sealRun(tx, Number(run))),
    /** As a rewrite of its points does. */
    raiseEpoch: () =>
      db.acrossWorkspaces(({ sql }) => sql.query('UPDATE metric_head SET epoch = epoch + 1 WHERE run = $1', [run])),
  }
}

const act = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }) },
  { weight: 5, arbitrary: fc.constantFrom('cut', 'mend', 'sleep', 'seal', 'raiseEpoch', 'pause', 'pause') },
)

test('whatever is cut, slept through, sealed or rewritten, a chart ends with every point once', async () => {
  const client = new LiveClient(`${line.url}/live`)
  const awake = () => {
    line.mend()
    window.dispatchEvent(new Event('online'))
  }
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async acts => {
      awake()
      const run = await training()
      const question = { runs: [String(run.run)], keys: [KEY], x: 'step' as const, width: 1000 }
      const feed = new SeriesFeed(question, { live: client, ask: askSeries }, () => {})
      feed.open()
      for (const each of acts) {
        if (Array.isArray(each)) await run.log(each)
        else if (each === 'mend') awake()
        else if (each === 'cut' || each === 'sleep') line[each]()
        else if (each === 'pause') await new Promise(resolve => setTimeout(resolve, 20))
        else await run[each as 'seal']()
      }
      awake()
      await run.log([31])
      const all = (column: 'step' | 'value') => Float64Array.from(run.logged, point => point[column])
      const wanted = byStep({ steps: all('step'), times: all('step'), values: all('value') })
      const drawn = () => {
        const points = feed.state.series[0]?.points
        return [[...(points?.steps ?? [])], [...(points?.values ?? [])]]
      }
      await expect.poll(drawn, { timeout: 20_000, interval: 10 }).toEqual([[...wanted.steps], [...wanted.values]])
      expect(feed.state.series[0]?.total).toBe(wanted.steps.length)
      feed.close()
    }),
    { numRuns: 15, endOnFailure: true },
  )
}, 300_000)
