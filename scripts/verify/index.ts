import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../set-up.mjs'
import { type Outcome, tool } from './command.ts'
import { plantedViolations } from './planted.ts'
import { fileSizes } from './sizes.ts'
import { presentWings } from './tree.ts'

interface Check {
  name: string
  mend: string
  run(): Promise<Outcome> | Outcome
}

const checks: Check[] = [
  {
    name: 'format and lint',
    mend: 'npx biome check --write .',
    run: () => tool('biome', ['ci', '--colors=off', '--max-diagnostics=50']),
  },
  { name: 'types', mend: 'npx tsc --noEmit', run: () => tool('tsc', ['--noEmit']) },
  {
    name: 'import rules',
    mend: 'docs/architecture.md says who may import whom',
    run: () => tool('depcruise', ['--config', '.dependency-cruiser.cjs', ...presentWings()]),
  },
  { name: 'dead code', mend: 'npx knip', run: () => tool('knip', []) },
  { name: 'sizes', mend: 'find the room inside the file', run: fileSizes },
  { name: 'planted violations', mend: 'scripts/verify/plants.ts', run: plantedViolations },
]

async function perform({ name, mend, run }: Check): Promise<boolean> {
  const begun = performance.now()
  const { ok, output } = await run()
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`${ok ? '✓' : '✗'} ${name} (${seconds} s)`)
  if (!ok || name === 'sizes') console.log(output.trim())
  if (!ok) console.log(`  mend: ${mend}`)
  return ok
}

async function inTurn(these: Check[]): Promise<boolean[]> {
  const outcomes: boolean[] = []
  for (const check of these) outcomes.push(await perform(check))
  return outcomes
}

// The planted violations take as long as all the others: beside them.
const outcomes = await Promise.all([inTurn(checks.slice(0, -1)), inTurn(checks.slice(-1))])
const failed = outcomes.flat().filter(ok => !ok).length
const totals = { passed: checks.length - failed, failed }
mkdirSync(join(root, '.reports'), { recursive: true })
writeFileSync(join(root, '.reports/verify.json'), JSON.stringify(totals))
console.log(`${totals.passed} passed, ${totals.failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
