import { existsSync, readFileSync } from 'node:fs'

/** What a runner's own report says. */
export interface Totals {
  passed: number
  failed: number
  /** Names with reasons. */
  skipped: string[]
}

export function verifyTotals(file: string): Totals {
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as { passed: number; failed: number }), skipped: [] }
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  success: boolean
  testResults: { status: string; name: string; assertionResults: { status: string; fullName: string }[] }[]
}

export function vitestTotals(file: string): Totals {
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport
  const tests = report.testResults.flatMap(result => result.assertionResults)
  // A file that cannot be loaded fails without a test of its own.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some(test => test.status === 'failed'),
  )
  const failed = report.numFailedTests + broken.length
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !report.success ? 1 : failed,
    skipped: tests.filter(({ status }) => ['pending', 'skipped', 'todo'].includes(status)).map(test => test.fullName),
  }
}

/** pytest's JUnit file. */
export function junitTotals(file: string): Totals {
  const text = readFileSync(file, 'utf8')
  const sum = (name: string) =>
    [...text.matchAll(new RegExp(`<testsuite\\b[^>]*\\b${name}="(\\d+)"`, 'g'))].reduce((n, [, d]) => n + Number(d), 0)
  const skipped = [...text.matchAll(/<testcase\b[^>]*\bname="([^"]*)"[^>]*>\s*<skipped\b[^>]*\bmessage="([^"]*)"/g)]
  const failed = sum('failures') + sum('errors')
  return {
    passed: sum('tests') - failed - sum('skipped'),
    failed,
    skipped: skipped.map(([, name, message]) => `${name}: ${message}`),
  }
}

interface Journeys {
  suites: Suite[]
  errors: unknown[]
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
}
interface Suite {
  suites?: Suite[]
  specs: { title: string; tests: { status: string; annotations: { type: string; description?: string }[] }[] }[]
}

export function playwrightTotals(file: string): Totals {
  const { stats, suites, errors } = JSON.parse(readFileSync(file, 'utf8')) as Journeys
  const specs = (suite: Suite): Suite['specs'] => [...suite.specs, ...(suite.suites ?? []).flatMap(specs)]
  const skipped = suites
    .flatMap(specs)
    .flatMap(({ title, tests }) =>
      tests
        .filter(({ status }) => status === 'skipped')
        .map(({ annotations }) => `${title}: ${annotations.map(a => a.description ?? a.type).join(', ')}`),
    )
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped }
}

/** Totals of a suite: a report that is missing, or a runner that failed without saying of what, is a failure too. */
export function totalsOf(file: string, exitCode: number, read: (file: string) => Totals): Totals {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [] }
  const totals = read(file)
  return exitCode !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals
}
