// `npm run bench` runs all rows, `npm run bench -- B2 latency` some; `--quick` takes minutes where the full size takes an hour.
import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { commit, machine } from './machine.ts'
import { outcomeOf } from './outcome.ts'
import { installPeers, PEERS } from './peers/index.ts'
import { drawPlots } from './plots.ts'
import { keep, RESULTS } from './results.ts'
import type { Row } from './row.ts'
import { rows } from './rows.ts'
import { lines, table } from './table.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, list: { type: 'boolean' } },
})

/** Seconds for all rows, once the peers are installed. */
const ALL_AT_MOST = { quick: 300, full: 3 * 3600 }

const named = (wanted: string) =>
  rows.find(({ id, name, also = [] }) => [id, ...also].includes(wanted.toUpperCase()) || name === wanted)
const unknown = positionals.filter(wanted => !named(wanted))
if (values.list || unknown.length) {
  if (unknown.length) console.error(`There is no ${unknown.join(', ')}. Say one or more of:`)
  for (const { id, name, title } of rows) console.log(`${id.padEnd(4)} ${name.padEnd(12)} ${title}`)
  process.exit(unknown.length ? 1 : 0)
}
await run(positionals.length ? positionals.map(wanted => named(wanted) as Row) : rows)

async function run(chosen: Row[]): Promise<void> {
  const size = values.quick ? 'quick' : 'full'
  const load = loadavg().map(average => Math.round(100 * average) / 100)
  const { cores } = machine()
  console.log(`${chosen.length} rows, ${size}; load ${load.join(' ')} on ${cores} cores`)
  const peers = await installPeers(PEERS.filter(name => chosen.some(row => row.peers?.includes(name))))
  const result = {
    date: new Date().toISOString(),
    commit: commit(),
    size,
    machine: machine(),
    load,
    peers,
  } as const
  // All rows together end in time, too; a row asked for by name has its own limit only.
  const deadline = positionals.length ? Infinity : performance.now() + 1000 * ALL_AT_MOST[size]
  const outcomes = []
  for (const row of chosen) {
    console.log(`\n${row.id} ${row.title}`)
    const secondsLeft = (deadline - performance.now()) / 1000
    const outcome = await outcomeOf(row, size, Math.min(row.atMost[size], Math.max(1, secondsLeft)))
    outcomes.push(outcome)
    for (const line of lines(outcome.figures ?? [])) console.log(line)
    if (outcome.fault) console.log(`  FAILED: ${outcome.fault}`)
    for (const command of outcome.left ?? []) console.log(`  left behind, and ended: ${command}`)
    console.log(`  ${outcome.seconds} s, load ${outcome.load}`)
  }
  console.log(`\nkept in ${keep({ ...result, rows: outcomes })}`)
  writeFileSync(join(RESULTS, 'README.md'), table(drawPlots()))
  process.exitCode = outcomes.some(({ fault }) => fault) ? 1 : 0
}
