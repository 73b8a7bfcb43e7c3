import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureVenv } from '../python/venv.ts'
import { root } from '../set-up.mjs'
import { junitTotals, type Totals, totalsOf, vitestTotals } from '../test/reports.ts'

const reports = join(root, '.reports')

/** kill -9 of training, agent, server and database under an SDK, so many times each: what its own suite says of them. */
export async function killTypescript(kills: number): Promise<Totals> {
  const report = join(reports, 'faults-typescript.json')
  const words = [
    'run',
    'sdk/typescript/test/kills',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const code = await run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...words], report, {
    TRACKSIDE_KILLS: String(kills),
  })
  return totalsOf(report, code, vitestTotals)
}

export async function killPython(kills: number): Promise<Totals> {
  const venv = await ensureVenv('test-without-torch', [['-e', 'sdk/python[test]']])
  if ('reason' in venv) return { passed: 0, failed: 1, skipped: [venv.reason] }
  const report = join(reports, 'faults-python.xml')
  const words = ['-q', 'sdk/python', '-k', 'kill_nine', '--kills', String(kills), `--junitxml=${report}`]
  return totalsOf(report, await run(venv.python, ['-m', 'pytest', ...words], report, {}), junitTotals)
}

async function run(file: string, args: string[], report: string, env: Record<string, string>): Promise<number> {
  mkdirSync(reports, { recursive: true })
  rmSync(report, { force: true })
  const child = spawn(file, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}
