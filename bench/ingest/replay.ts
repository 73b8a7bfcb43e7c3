// Packs the mix into frames, then, told to, sends them over one socket, sixteen unanswered at a time.
import { once } from 'node:events'
import { io } from 'socket.io-client'
import { framesOf } from '../../protocol/frame-builder.ts'
import { type Ack, FRAMES_IN_FLIGHT_MAX, type OpenBody } from '../../protocol/ingest.ts'
import { recordsOf } from './mix.ts'

export interface Load {
  url: string
  key: string
  runs: number
  keys: number
  steps: number
}

export interface Replayed {
  points: number
  frames: number
  bytes: number
  seconds: number
  cpuSeconds: number
  ackMs: { p50: number; p99: number; max: number }
  busy: number
}

const load = JSON.parse(process.argv[2] ?? '{}') as Load
const writerOf = (run: number) => (run + 1).toString(16).padStart(32, '0')
const frames = Array.from({ length: load.runs }, (_, run) => [
  ...framesOf(writerOf(run), recordsOf(run, load.keys, load.steps)),
])
process.send?.('packed')
await once(process, 'message')

const socket = io(`${load.url}/ingest`, {
  transports: ['websocket'],
  auth: { key: load.key, protocol: 1, sdk: 'bench/0' },
})
await once(socket as never, 'connect')
for (let run = 0; run < load.runs; run++) {
  const body: OpenBody = {
    writer: writerOf(run),
    run: `bench-${run}`,
    project: 'bench',
    workspace: null,
    labels: {},
    kind: 'user',
    host: 'bench',
    pid: 1,
    start: Date.now(),
    sdk: 'bench/0',
    created: Date.now(),
  }
  const opened: Ack<object> = await socket.emitWithAck('open', body)
  if (!opened.ok) throw new Error(opened.error.message)
}

const waits: number[] = []
let busy = 0
// A frame of each run in turn; those of one run stay in order.
const queue = Array.from({ length: Math.max(...frames.map(list => list.length)) }, (_, i) =>
  frames.flatMap(list => list[i] ?? []),
).flat()
const bytes = queue.reduce((sum, frame) => sum + frame.length, 0)
let at = 0

async function send(): Promise<void> {
  while (at < queue.length) {
    const frame = queue[at++]
    for (;;) {
      const began = performance.now()
      const answer: Ack<object> = await socket.emitWithAck('frame', frame)
      waits.push(performance.now() - began)
      if (answer.ok) break
      if (answer.error.code !== 'BUSY' && answer.error.code !== 'RESEND')
        throw new Error(`${answer.error.code}: ${answer.error.message}`)
      busy++
      await new Promise(resolve => setTimeout(resolve, answer.error.retry_after_ms ?? 20))
    }
  }
}

const cpu = process.cpuUsage()
const began = performance.now()
await Promise.all(Array.from({ length: FRAMES_IN_FLIGHT_MAX }, send))
const seconds = (performance.now() - began) / 1000
const used = process.cpuUsage(cpu)
waits.sort((one, other) => one - other)
const quantile = (q: number) => Math.round(100 * (waits[Math.floor(q * (waits.length - 1))] ?? 0)) / 100
const replayed: Replayed = {
  points: load.runs * load.keys * load.steps,
  frames: queue.length,
  bytes,
  seconds,
  cpuSeconds: (used.user + used.system) / 1e6,
  ackMs: { p50: quantile(0.5), p99: quantile(0.99), max: quantile(1) },
  busy,
}
process.send?.(replayed)
socket.close()
process.disconnect?.()
