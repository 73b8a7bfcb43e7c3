import { join } from 'node:path'
import { ensureVenv, type Venv } from '../python/venv.ts'
import { root } from '../set-up.mjs'
import { ensureBrowser } from './browser.ts'
import { junitTotals, playwrightTotals, type Totals, verifyTotals, vitestTotals } from './reports.ts'

/** A command to run and how to read its report; or why it cannot run. */
export type Plan = { file: string; args: string[]; env?: Record<string, string> } | { reason: string }

export interface Suite {
  name: string
  report: string
  read(file: string): Totals
  plan(): Promise<Plan>
}

export const reports = join(root, '.reports')
const report = (name: string) => join(reports, name)
const tool = (path: string) => join(root, 'node_modules', path)

// Torch is large and has no build for some machines: the journeys that need it say so themselves when it is absent.
const python = async (): Promise<Venv> => {
  const sdk = ['-e', 'sdk/python[test]']
  const complete = await ensureVenv('test', [['torch==2.13.0'], sdk])
  return 'python' in complete ? complete : ensureVenv('test-without-torch', [sdk])
}

export function makeSuites(): Suite[] {
  const venv = python() // installs while the first suites run
  const withPython = async () => {
    const made = await venv
    return 'python' in made ? { TRACKSIDE_TEST_PYTHON: made.python } : {}
  }
  return [
    {
      name: 'verify',
      report: report('verify.json'),
      read: verifyTotals,
      plan: async () => ({ file: process.execPath, args: [join(root, 'scripts/verify/index.ts')] }),
    },
    {
      name: 'unit, rooms and doors',
      report: report('vitest.json'),
      read: vitestTotals,
      plan: async () => ({
        file: process.execPath,
        args: [
          tool('vitest/vitest.mjs'),
          'run',
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${report('vitest.json')}`,
        ],
        env: await withPython(),
      }),
    },
    {
      name: 'Python SDK',
      report: report('pytest.xml'),
      read: junitTotals,
      plan: async () => {
        const made = await venv
        if (!('python' in made)) return made
        return { file: made.python, args: ['-m', 'pytest', '-q', 'sdk/python', `--junitxml=${report('pytest.xml')}`] }
      },
    },
    {
      name: 'journeys in a browser',
      report: report('journeys.json'),
      read: playwrightTotals,
      plan: async () => {
        const browser = ensureBrowser()
        if (!('path' in browser)) return browser
        return { file: process.execPath, args: [tool('@playwright/test/cli.js'), 'test'], env: await withPython() }
      },
    },
  ]
}
