// The demo's training where Python has no venv: a small network learns handwritten digits and logs as it does.
// Where it logs to is told by the TRACKSIDE_* variables alone.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import * as trackside from '../../sdk/typescript/src/index.ts'
import { Network } from './network.ts'

const seconds = Number(process.env.TRACKSIDE_DEMO_SECONDS ?? 60)
const heldOut = 360
const config = { hidden: 48, lr: 0.05, momentum: 0.9, batch: 32, epochs: 20 }

function readDigits(): { pixels: Float64Array; label: number }[] {
  const table = gunzipSync(readFileSync(join(import.meta.dirname, 'digits.csv.gz')))
    .toString()
    .trim()
    .split('\n')
  return table.map(line => {
    const cells = line.split(',').map(Number)
    return { pixels: Float64Array.from(cells.slice(0, 64), cell => cell / 16 - 0.5), label: cells[64] ?? 0 }
  })
}

/** Numbers from 0 to 1 that are the same at each start. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const random = seeded(1)
const shuffled = <T>(items: T[]) =>
  items
    .map(item => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)

const digits = shuffled(readDigits())
const held = digits.slice(-heldOut)
let order = digits.slice(0, -heldOut)
const network = new Network(config.hidden, random)
const batches = Math.floor(order.length / config.batch)
const steps = batches * config.epochs

await using run = await trackside.init({
  name: 'typescript',
  tags: ['demo'],
  config: { model: 'mlp', data: 'digits 8x8', steps, ...config },
})
const start = performance.now()
for (let step = 0; step < steps; step++) {
  if (step % batches === 0) order = shuffled(order)
  const from = (step % batches) * config.batch
  const lr = config.lr * 0.5 * (1 + Math.cos((Math.PI * step) / steps))
  const { loss, accuracy } = network.step(order.slice(from, from + config.batch), lr, config.momentum)
  run.log({ train: { loss, accuracy }, optim: { lr } }, { step })
  if (step % 10 === 0 || step === steps - 1) {
    run.log({ val: network.measure(held), epoch: step / batches }, { step })
  }
  await pause(Math.max(0, (seconds * 1000 * (step + 1)) / steps - (performance.now() - start)))
}
const { accuracy } = network.measure(held)
run.summary.accuracy = accuracy
const receipt = await run.finish()
console.log(
  `${(accuracy * 100).toFixed(1)}% of held-out digits right, ${receipt.stored} of ${receipt.logged} points stored`,
)
process.exitCode = accuracy > 0.9 ? 0 : 1
