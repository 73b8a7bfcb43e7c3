import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { root } from '../scripts/set-up.mjs'
import type { Peer } from './peers/index.ts'
import type { Outcome, Size } from './row.ts'

export const RESULTS = join(import.meta.dirname, 'results')

/** One run of the bench, as it is kept. */
export interface Result {
  date: string
  commit: string
  size: Size
  machine: Record<string, string | number>
  /** Load averages of 1, 5 and 15 minutes as it began. */
  load: number[]
  /** Versions of the peers that could be installed; of the others the reason. */
  peers: Record<string, Peer>
  rows: Outcome[]
}

/** Keeps a run as bench/results/<date>-<size>.json and returns its path. */
export function keep(result: Result): string {
  mkdirSync(RESULTS, { recursive: true })
  const file = join(RESULTS, `${result.date.slice(0, 19).replaceAll(/[T:]/g, '-')}-${result.size}.json`)
  writeFileSync(file, `${JSON.stringify(result, placeless, 2)}\n`)
  return file
}

/** What is kept names no folder of the machine it was measured on. */
function placeless(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (name === 'python' && isAbsolute(value)) return undefined
  return value.replaceAll(root, '.').replaceAll(tmpdir(), '$TMPDIR')
}

export interface Kept {
  result: Result
  outcome: Outcome
}

/** Of each row the newest measurement that succeeded, one of the full size before a quick one. */
export function newest(): Kept[] {
  const found = new Map<string, Kept>()
  const results = readdirSync(RESULTS)
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => JSON.parse(readFileSync(join(RESULTS, name), 'utf8')) as Result)
  for (const size of ['quick', 'full'] as const)
    for (const result of results.filter(kept => kept.size === size))
      for (const outcome of result.rows) if (outcome.figures) found.set(outcome.id, { result, outcome })
  return [...found.values()]
}
