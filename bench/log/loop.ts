// Times each call of the TypeScript SDK's log(), in one process: microseconds, as a message to the parent.
import { setTimeout as pause } from 'node:timers/promises'
import { init } from '../../sdk/typescript/src/index.ts'
import type { Part, Timed } from './index.ts'

const parts = JSON.parse(process.argv[2] ?? '{}') as Record<string, Part>
const run = await init({ project: 'bench', mode: 'offline' })
const found: Record<string, Timed> = {}
for (const [name, part] of Object.entries(parts)) found[name] = await measure(part)
await run.finish()
process.send?.(found, () => process.exit(0))

async function measure({ keys, calls, seconds, rate }: Part): Promise<Timed> {
  const rows = Array.from({ length: 64 }, () =>
    Object.fromEntries(
      Array.from({ length: keys }, (_, key) => [`layer.${Math.floor(key / 10)}/metric.${key % 10}`, Math.random()]),
    ),
  )
  for (const row of rows) run.log(row)
  const took: number[] = []
  const end = performance.now() + 1000 * seconds
  while (took.length < calls && performance.now() < end) {
    const row = { ...rows[took.length % 64] }
    if (rate) await pause(1000 / rate)
    else if (took.length % 1000 === 0) await pause(0)
    const before = process.hrtime.bigint()
    run.log(row)
    took.push(Number(process.hrtime.bigint() - before) / 1000)
  }
  took.sort((a, b) => a - b)
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? Number.NaN
  return { calls: took.length, p50: at(0.5), p99: at(0.99), worst: at(1) }
}
