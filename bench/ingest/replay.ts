// Packs points into frames, then, told to, sends them over one socket, sixteen unanswered at a time. Where it is to go on
// for a time, the same frames are sent again for new runs, at a steady rate.
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { framesOf } from '../../protocol/frame-builder.ts'
import { type Ack, FRAMES_IN_FLIGHT_MAX } from '../../protocol/ingest.ts'
import { connectIngest, openWriter } from '../ingest-door.ts'
import { quantile } from '../statistics.ts'
import { type Kind, recordsOf } from './mix.ts'

export interface Load {
  url: string
  key: string
  kind: Kind
  /** Number of the first run: two loads of one server share no run. */
  first: number
  runs: number
  keys: number
  steps: number
  /** Goes on until so many seconds have passed, at so many points a second. */
  sustained?: { seconds: number; rate: number }
}

export interface Replayed {
  points: number
  bytes: number
  seconds: number
  cpuSeconds: number
  ackMs: { p50: number; p99: number; max: number }
  busy: number
}

const WRITER_AT = 8
const load = JSON.parse(process.argv[2] ?? '{}') as Load
const writerOf = (run: number) => (load.first + run + 1).toString(16).padStart(32, '0')
const frames = Array.from({ length: load.runs }, (_, run) => [
  ...framesOf(writerOf(run), recordsOf(run, load.keys, load.steps, load.kind)),
])
process.send?.('packed')
await once(process, 'message')

const socket = await connectIngest(load)

/** Makes the runs from `first` on known, and marks the frames as theirs. */
async function open(first: number): Promise<void> {
  for (let run = 0; run < load.runs; run++) {
    const writer = writerOf(first + run)
    await openWriter(socket, { writer, run: `bench-${load.first + first + run}`, project: 'bench' })
    for (const frame of frames[run] ?? []) Buffer.from(frame.buffer, frame.byteOffset).write(writer, WRITER_AT, 'hex')
  }
}

const waits: number[] = []
let busy = 0
// A frame of each run in turn; those of one run stay in order.
const queue = Array.from({ length: Math.max(...frames.map(list => list.length)) }, (_, i) =>
  frames.flatMap(list => list[i] ?? []),
).flat()
const points = load.runs * load.keys * load.steps
const bytes = queue.reduce((sum, frame) => sum + frame.length, 0)
let sent = 0

async function send(frame: Uint8Array): Promise<void> {
  for (;;) {
    const asked = performance.now()
    const answer: Ack<object> = await socket.emitWithAck('frame', frame)
    waits.push(performance.now() - asked)
    if (answer.ok) return
    if (answer.error.code !== 'BUSY' && answer.error.code !== 'RESEND')
      throw new Error(`${answer.error.code}: ${answer.error.message}`)
    busy++
    await pause(answer.error.retry_after_ms ?? 20)
  }
}

const cpu = process.cpuUsage()
const began = performance.now()
const over = () => performance.now() - began > 1000 * (load.sustained?.seconds ?? 0)
let generation = 0
do {
  await open(generation * load.runs)
  let at = 0
  const sender = async () => {
    while (at < queue.length && !(load.sustained && over())) {
      const frame = queue[at++] as Uint8Array
      sent++
      const due = load.sustained ? (1000 * sent * points) / queue.length / load.sustained.rate : 0
      if (due > performance.now() - began) await pause(due - (performance.now() - began))
      await send(frame)
    }
  }
  await Promise.all(Array.from({ length: FRAMES_IN_FLIGHT_MAX }, sender))
  generation++
} while (!over())
const seconds = (performance.now() - began) / 1000
const used = process.cpuUsage(cpu)
const replayed: Replayed = {
  points: (points * sent) / queue.length,
  bytes: (bytes * sent) / queue.length,
  seconds,
  cpuSeconds: (used.user + used.system) / 1e6,
  ackMs: { p50: quantile(waits, 0.5), p99: quantile(waits, 0.99), max: quantile(waits, 1) },
  busy,
}
process.send?.(replayed)
socket.close()
process.disconnect?.()
