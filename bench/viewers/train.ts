// Trains into two places over one socket each: a live run that is watched, five times a second, and, when told to, frames
// of other runs at a fixed rate, whose acks are timed.
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { framesOf } from '../../protocol/frame-builder.ts'
import { type Ack, FRAMES_IN_FLIGHT_MAX, type OpenBody } from '../../protocol/ingest.ts'
import { recordsOf } from '../ingest/mix.ts'

export interface Training {
  url: string
  key: string
  live: string
  /** Keys of the live run, series of each, and times a second. */
  panels: number
  lines: number
  hz: number
  /** Points a second of the other runs, and for how long one burst of it lasts. */
  rate: number
  seconds: number
}

export interface Acks {
  points_per_second: number
  p50: number
  p99: number
}

const RUNS = 8
const KEYS = 100

const load = JSON.parse(process.argv[2] ?? '{}') as Training
const writerOf = (no: number) => no.toString(16).padStart(32, '0')
/** Two bursts are packed before the clock runs: of runs of their own, since a frame is taken once. */
const bursts = [0, 1].map(packed)
const live = await connect()
const keys = Array.from({ length: load.panels }, (_, i) => `panel/${i}`)
for (let line = 0; line < load.lines; line++)
  await open(live, { writer: writerOf(line + 1), run: load.live, labels: { rank: String(line) } })
void log()
const ingest = await connect()
for (const { writers } of bursts) for (const { writer, run } of writers) await open(ingest, { writer, run })

process.on('message', async (burst: number) => process.send?.(await send(bursts[burst]?.frames ?? [])))
process.on('disconnect', () => process.exit(0))
process.send?.('ready')

async function log(): Promise<void> {
  const next = performance.now()
  for (let step = 0; ; step++) {
    const values = Float64Array.from(keys, (_, key) => Math.sin(step / 50 + key))
    for (let line = 0; line < load.lines; line++) {
      const record = { seq: step * keys.length, step, time: Date.now(), keys, values }
      for (const frame of framesOf(writerOf(line + 1), [record])) live.emit('frame', frame)
    }
    await pause(Math.max(0, next + (1000 * (step + 1)) / load.hz - performance.now()))
  }
}

/** Sends them evenly over the burst's seconds, never more in flight than an agent may have. */
async function send(frames: Uint8Array[]): Promise<Acks> {
  const waits: number[] = []
  const began = performance.now()
  let at = 0
  const lane = async () => {
    for (let mine = at++; mine < frames.length; mine = at++) {
      await pause(Math.max(0, began + (1000 * load.seconds * mine) / frames.length - performance.now()))
      const sent = performance.now()
      const answer: Ack<object> = await ingest.emitWithAck('frame', frames[mine])
      if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`)
      waits.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: FRAMES_IN_FLIGHT_MAX / 2 }, lane))
  const seconds = (performance.now() - began) / 1000
  waits.sort((one, other) => one - other)
  const quantile = (q: number) => waits[Math.floor(q * (waits.length - 1))] ?? 0
  const points = load.rate * load.seconds
  return { points_per_second: points / Math.max(seconds, load.seconds), p50: quantile(0.5), p99: quantile(0.99) }
}

function packed(burst: number) {
  const steps = Math.ceil((load.rate * load.seconds) / RUNS / KEYS)
  const writers = Array.from({ length: RUNS }, (_, i) => {
    const writer = writerOf(1_000 + burst * RUNS + i)
    return {
      writer,
      run: `other-${burst}-${i}`,
      frames: [...framesOf(writer, recordsOf(burst * RUNS + i, KEYS, steps))],
    }
  })
  const longest = Math.max(...writers.map(({ frames }) => frames.length))
  const frames = Array.from({ length: longest }, (_, i) => writers.flatMap(({ frames }) => frames[i] ?? [])).flat()
  return { writers, frames }
}

async function connect(): Promise<Socket> {
  const auth = { key: load.key, protocol: 1, sdk: 'bench/0' }
  const socket = io(`${load.url}/ingest`, { transports: ['websocket'], auth, forceNew: true })
  await once(socket as never, 'connect')
  return socket
}

async function open(
  socket: Socket,
  { writer, run, labels = {} }: Pick<OpenBody, 'writer' | 'run'> & Partial<OpenBody>,
) {
  const now = Date.now()
  const who = { project: 'viewers', workspace: null, kind: 'user' as const, host: 'bench', pid: 1, sdk: 'bench/0' }
  const body: OpenBody = { writer, run, labels, ...who, start: now, created: now }
  const opened: Ack<object> = await socket.emitWithAck('open', body)
  if (!opened.ok) throw new Error(opened.error.message)
}
