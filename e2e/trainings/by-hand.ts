// Logs what it is told on standard input, one line of JSON a point: {"step": 3, "row": {"loss": 0.5}}; says each step when
// log() has returned for it, and ends the run when the input ends.
import { createInterface } from 'node:readline'
import * as trackside from '../../sdk/typescript/src/index.ts'

const [id = 'by-hand'] = process.argv.slice(2)
const run = await trackside.init({ id, name: id, config: { by: 'hand' } })
console.log('ready')
for await (const line of createInterface(process.stdin)) {
  const { step, row } = JSON.parse(line) as { step: number; row: Record<string, number> }
  run.log(row, { step })
  console.log(step)
}
console.log(JSON.stringify(await run.finish()))
