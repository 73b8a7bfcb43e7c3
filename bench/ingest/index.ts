import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { cpuSeconds } from '../machine.ts'
import type { Figure, Measure, Measured, Size } from '../row.ts'
import { inTurns, median } from '../statistics.ts'
import { levelZero, ringEmptied, sealed, settingsOf, sizes } from './database.ts'
import { writtenBy } from './peers.ts'
import { throughPython } from './python.ts'
import type { Load, Replayed } from './replay.ts'
import { type BenchServer, startBenchServer } from './server.ts'

const bursts = { full: { runs: 32, keys: 100, steps: 10_000 }, quick: { runs: 4, keys: 100, steps: 10_000 } }
const SUSTAINED = { seconds: 600, rate: 1_050_000 }
const RATED = ['mlflow', 'trackio'] as const
const STORED = ['mlflow', 'trackio', 'wandb', 'tensorboardX', 'aim'] as const

/** Points a second through a real socket into durable storage, and bytes a point on the way and at rest. */
export const benchIngest: Measure = async size => {
  const parts = [await burst(size), await noisy(size)]
  if (size === 'full') parts.push(await sustained())
  return {
    figures: parts.flatMap(({ figures }) => figures),
    details: Object.assign({}, ...parts.map(({ details }) => details)),
  }
}

/** As fast as it goes, in turns with the peers. */
async function burst(size: Size): Promise<Measured> {
  const server = await startBenchServer()
  try {
    const load = bursts[size]
    const small = { keys: 100, steps: size === 'full' ? 2_000 : 500, seconds: size === 'full' ? 15 : 1.5 }
    const rounds = size === 'full' ? 3 : 1
    let first = 0
    const ours: Replayed[] = []
    const whole: number[] = []
    const written = await inTurns(rounds, {
      trackside: async () => {
        const replayed = await replay(server, { ...load, kind: 'mix', first })
        first += load.runs
        const sealing = performance.now()
        await sealed(server.sql)
        whole.push(replayed.points / (replayed.seconds + (performance.now() - sealing) / 1000))
        ours.push(replayed)
        return null
      },
      ...Object.fromEntries(STORED.map(name => [name, () => writtenBy(name, small)])),
    })
    const atRest = await bytesAtRest(server, size, rounds * load.runs * load.keys * load.steps)
    const python = await throughPython(server, size === 'full' ? 5_000 : 500)
    const of = (pick: (one: Replayed) => number) => median(ours.map(pick))
    const peers = (
      names: readonly string[],
      pick: (one: { points: number; seconds: number; bytes: number }) => number,
    ) =>
      Object.fromEntries(
        names.map(name => {
          const found = (written[name] ?? []).filter(one => one !== null)
          return [name, found.length ? median(found.map(pick)) : null]
        }),
      )
    return {
      figures: [
        {
          what: 'points a second, acked (fsync)',
          unit: '/s',
          value: of(({ points, seconds }) => points / seconds),
          goal: 1e6,
          better: 'higher',
          peers: peers(RATED, ({ points, seconds }) => points / seconds),
          note: 'MLflow: log_batch of 1,000 over HTTP to its server on SQLite; Trackio: its store in one process, without network',
        },
        { what: 'points a second until all is sealed', unit: '/s', value: median(whole), better: 'higher', limit: 5e5 },
        { what: 'ack: p50', unit: 'ms', value: of(({ ackMs }) => ackMs.p50) },
        { what: 'ack: p99', unit: 'ms', value: of(({ ackMs }) => ackMs.p99), limit: 250 },
        {
          ...atRest,
          what: 'at rest, the mix',
          limit: 3.2,
          goal: 3,
          floor: 2.2,
          peers: peers(STORED, ({ bytes, points }) => bytes / points),
        },
        {
          what: 'on the wire to the server, the mix',
          unit: 'B/point',
          value: of(({ bytes, points }) => bytes / points),
          limit: 6,
        },
        ...python,
      ],
      details: { burst: { load, durability: await settingsOf(server.sql), ours, written } },
    }
  } finally {
    await server.stop()
  }
}

async function noisy(size: Size): Promise<Measured> {
  const server = await startBenchServer()
  try {
    const load = { runs: size === 'full' ? 8 : 1, keys: 100, steps: 10_000, kind: 'noisy', first: 0 } as const
    const { points } = await replay(server, load)
    await sealed(server.sql)
    const atRest = await bytesAtRest(server, size, points)
    return { figures: [{ ...atRest, what: 'at rest, noisy float32 curves', limit: 4.2, goal: 4, floor: 3.06 }] }
  } finally {
    await server.stop()
  }
}

/** Ten minutes at a steady rate, sealing meanwhile. */
async function sustained(): Promise<Measured> {
  const server = await startBenchServer()
  let largest = 0
  const watching = setInterval(async () => {
    largest = Math.max(largest, await levelZero(server.sql).catch(() => 0))
  }, 1000)
  try {
    const load = { ...bursts.full, kind: 'mix', first: 0, sustained: SUSTAINED } as const
    const before = cpuSeconds(server.pid)
    const replayed = await replay(server, load)
    clearInterval(watching)
    const cpu = cpuSeconds(server.pid) - before
    const ended = performance.now()
    const done = await sealed(server.sql).then(
      () => true,
      () => false,
    )
    const after = (performance.now() - ended) / 1000
    const what = 'ten minutes at 1.05 M points/s'
    return {
      figures: [
        {
          what: `${what}: acked`,
          unit: '/s',
          value: replayed.points / replayed.seconds,
          goal: 1e6,
          better: 'higher',
        },
        {
          what: `${what}: until all is sealed`,
          unit: '/s',
          value: done ? replayed.points / (replayed.seconds + after) : null,
          ...(!done && { why: 'sealing was not done 300 s after the last point' }),
          limit: 5e5,
          goal: 1e6,
          better: 'higher',
        },
        { what: `${what}: ack p99`, unit: 'ms', value: replayed.ackMs.p99, limit: 250 },
        { what: `${what}: largest level 0`, unit: 'MB', value: largest / 2 ** 20 },
        { what: `${what}: server's CPU`, unit: 'cores', value: cpu / replayed.seconds },
      ],
      details: { sustained: { load: SUSTAINED, replayed } },
    }
  } finally {
    clearInterval(watching)
    await server.stop()
  }
}

/** Waiting for level 0 to give its space back takes a minute: a quick run leaves level 0 out instead. */
async function bytesAtRest(server: BenchServer, size: Size, points: number): Promise<Figure> {
  if (size === 'full') await ringEmptied(server.sql)
  const relations = (await sizes(server.sql)).filter(({ name }) => size === 'full' || !name.startsWith('metric_frame'))
  const bytes = relations.reduce((sum, relation) => sum + relation.bytes, 0)
  const note =
    size === 'full' ? 'heap, TOAST, indexes, pyramid, bookkeeping' : 'without level 0, whose space comes back'
  return { what: '', unit: 'B/point', value: bytes / points, note }
}

async function replay({ url, key }: BenchServer, load: Omit<Load, 'url' | 'key'>): Promise<Replayed> {
  const words = JSON.stringify({ ...load, url, key } satisfies Load)
  const child = fork(join(import.meta.dirname, 'replay.ts'), [words], { stdio: 'inherit' })
  const message = () =>
    Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`the replaying process ended with ${code}`))),
    ])
  await message()
  child.send('go')
  const [replayed] = (await message()) as [Replayed]
  return replayed
}
