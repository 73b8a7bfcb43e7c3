// Logs a known curve: accuracy 0.75 · i / n at step i, one point every few milliseconds.
import * as trackside from '../../sdk/typescript/src/index.ts'

const [id = 'curve', points = '50'] = process.argv.slice(2)
const n = Number(points)
const run = await trackside.init({ id, name: id, config: { lr: 0.125 } })
for (let step = 0; step <= n; step++) {
  run.log({ accuracy: (0.75 * step) / n, train: { loss: 1 / (step + 1) } }, { step })
  await new Promise(resolve => setTimeout(resolve, 10))
}
console.log(JSON.stringify(await run.finish()))
