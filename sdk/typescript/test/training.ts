import { writeSync } from 'node:fs'
import * as trackside from '../src/index.ts'

/** A training for tests: logs `count` records of two keys, `rate` a second, and says how many calls have returned. */
interface Plan {
  id: string
  count: number
  rate: number
  /** Never comes to an end by itself. */
  hang?: boolean
  fail?: boolean
  /** Ends when its standard input does. */
  untilTold?: boolean
}

const { id, count, rate, hang, fail, untilTold } = JSON.parse(process.argv[2] ?? '{}') as Plan
const run = await trackside.init({ project: 'tests', id, config: { rate } })
let told = false
if (untilTold)
  process.stdin.resume().on('end', () => {
    told = true
  })
const start = performance.now()
for (let i = 0; i < count && !told; ) {
  const due = Math.min(count, Math.ceil((rate * (performance.now() - start)) / 1000))
  for (; i < due; i++) run.log({ 'train/loss': Math.sin(i) / 3, 'val/acc': i })
  writeSync(1, `${i}\n`)
  await new Promise(resolve => setTimeout(resolve, 2))
}
if (fail) throw new Error('the training fails')
if (hang) await new Promise(resolve => setTimeout(resolve, 600_000))
else writeSync(1, `${JSON.stringify(await run.finish({ timeout: 60 }))}\n`)
