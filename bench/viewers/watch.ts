// So many browsers' sockets on one run. Each takes its deltas at once; every tenth decodes them and notes how old the newest
// point is.
import { once } from 'node:events'
import { io, type Socket } from 'socket.io-client'
import { decodeDelta } from '../../protocol/delta.ts'
import type { LiveAck, RunCursor } from '../../protocol/live.ts'

export interface Watching {
  url: string
  key: string
  run: string
  viewers: number
}

export interface Seen {
  deltas: number
  bytes: number
  /** From the moment at which a point was logged until the delta with it was decoded (ms). */
  p50: number
  p95: number
  p99: number
  /** Viewers whose deltas did not follow each other. */
  gaps: number
}

const load = JSON.parse(process.argv[2] ?? '{}') as Watching
const EVERY = 10
let ages: number[] = []
let deltas = 0
let bytes = 0
let gaps = 0

async function watch(no: number): Promise<Socket> {
  const auth = { key: load.key, protocol: 1 }
  const socket = io(`${load.url}/live`, { transports: ['websocket'], auth, forceNew: true })
  let cursor = -1
  socket.on('delta', (body: Uint8Array, taken: () => void) => {
    deltas++
    bytes += body.length
    taken()
    if (no % EVERY > 0) return
    for (const { from, to, series } of decodeDelta(body)) {
      if (cursor >= 0 && from !== cursor) gaps++
      cursor = to
      const newest = Math.max(...series.map(({ points }) => points.times.at(-1) ?? 0))
      ages.push(Date.now() - newest)
    }
  })
  await once(socket as never, 'connect')
  const told: LiveAck<{ runs: RunCursor[] }> = await socket.emitWithAck('watch', { runs: [load.run] })
  if (!told.ok) throw new Error(told.error.message)
  return socket
}

for (let at = 0; at < load.viewers; at += 50)
  await Promise.all(Array.from({ length: Math.min(50, load.viewers - at) }, (_, i) => watch(at + i)))
process.on('message', () => {
  ages.sort((one, other) => one - other)
  const quantile = (q: number) => ages[Math.floor(q * (ages.length - 1))] ?? 0
  const seen: Seen = { deltas, bytes, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99), gaps }
  process.send?.(seen)
  ages = []
  deltas = bytes = gaps = 0
})
process.on('disconnect', () => process.exit(0))
process.send?.('watching')
