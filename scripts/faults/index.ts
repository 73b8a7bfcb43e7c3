// `npm run faults`: every fault suite at full size. `npm run faults -- database 5` does one of them, so many times;
// `npm run faults -- all 3` each of them. What came out is kept in scripts/faults/results.
import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { commit, machine } from '../../bench/machine.ts'
import { killContainer } from './container.ts'
import { killAndVerify, type Victim } from './kills.ts'
import { killPython, killTypescript } from './sdks.ts'

const FULL_SIZE = 20

/** Each answers its figures; `failed` counts what was lost, doubled or could not be shown. */
const suites: Record<string, (kills: number) => Promise<{ failed: number }>> = {
  server: kills => ofServer('server', kills),
  database: kills => ofServer('database', kills),
  typescript: killTypescript,
  python: killPython,
  container: killContainer,
}

const [asked = 'all', count] = process.argv.slice(2)
const kills = Number(count ?? FULL_SIZE)
const wanted = Object.entries(suites).filter(([name]) => asked === 'all' || asked === name)
if (wanted.length === 0 || !Number.isInteger(kills) || kills < 1) {
  console.error(`Say one of: all, ${Object.keys(suites).join(', ')}; then how many kills, 1 or more`)
  process.exit(1)
}

const head = {
  date: new Date().toISOString(),
  commit: commit(),
  machine: machine(),
  load: loadavg(),
  kills_each: kills,
}
const results: Record<string, object> = {}
for (const [name, suite] of wanted) {
  console.log(`\n── ${name}`)
  const begun = performance.now()
  const outcome = await suite(kills).catch((error: Error) => ({ failed: 1, fault: error.message }))
  results[name] = { ...outcome, seconds: Math.round((performance.now() - begun) / 1000) }
  console.log(JSON.stringify(results[name]))
  if (outcome.failed > 0) process.exitCode = 1
}
console.log(`\nkept in ${keep(asked)}`)

async function ofServer(victim: Victim, kills: number) {
  return { ...(await killAndVerify(victim, kills)), failed: 0 } // it throws where a point was lost or is there twice
}

function keep(name: string): string {
  const folder = join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}-${head.date.slice(0, 16).replaceAll(/[T:]/g, '-')}.json`)
  writeFileSync(file, `${JSON.stringify({ ...head, results }, null, 2)}\n`)
  return file
}
