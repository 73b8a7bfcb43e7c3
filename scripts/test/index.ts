// `npm test`: every suite, its seconds, and totals from the runners' own report files. `npm test -- journeys` runs the
// suites whose name holds the word.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { root } from '../set-up.mjs'
import { type Totals, totalsOf } from './reports.ts'
import { makeSuites, reports, type Suite } from './suites.ts'

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
const word = process.argv[2] ?? ''
const suites = makeSuites().filter(({ name }) => name.toLowerCase().includes(word.toLowerCase()))

const total: Totals = { passed: 0, failed: 0, skipped: [] }
const lines: string[] = []
for (const suite of suites) {
  const begun = performance.now()
  console.log(`\n── ${suite.name}`)
  const { passed, failed, skipped, note } = await runSuite(suite)
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  lines.push(`${suite.name}: ${passed} passed, ${failed} failed, ${skipped.length} skipped, ${seconds} s${note ?? ''}`)
  total.passed += passed
  total.failed += failed
  total.skipped.push(...skipped.map(what => `${suite.name}: ${what}`))
}

console.log(`\n${lines.join('\n')}`)
for (const what of total.skipped) console.log(`skipped: ${what}`)
if (suites.length === 0) console.log(`No suite is called ${word}`)
const skippedWords = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : ''
console.log(`${total.passed} passed, ${total.failed} failed${skippedWords}`)
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)

async function runSuite(suite: Suite): Promise<Totals & { note?: string }> {
  const plan = await suite.plan()
  if ('reason' in plan) return { passed: 0, failed: 1, skipped: [], note: ` (not run: ${plan.reason})` }
  const child = spawn(plan.file, plan.args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...plan.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return totalsOf(suite.report, code ?? 1, suite.read)
}
