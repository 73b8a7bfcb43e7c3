import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'

/** What a figure was measured on. */
export function machine() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.version,
  }
}

export function commit(): string {
  try {
    const git = (...words: string[]) =>
      execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    const changed = git('status', '--porcelain', '--untracked-files=no') !== ''
    return git('rev-parse', '--short', 'HEAD') + (changed ? '+' : '')
  } catch {
    return 'unknown'
  }
}

/** Keeps a result as bench/results/<name>-<date>.json and returns its path. */
export function keepResult(name: string, figures: object): string {
  const date = new Date().toISOString()
  const folder = join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}-${date.slice(0, 16).replaceAll(/[T:]/g, '-')}.json`)
  writeFileSync(file, `${JSON.stringify({ name, date, commit: commit(), machine: machine(), ...figures }, null, 2)}\n`)
  return file
}

/** Seconds of CPU that a process (all its threads) has used; with its descendants where asked for. Linux only. */
export function cpuSeconds(pid: number): number {
  try {
    const words = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(words[11]) + Number(words[12])) / 100
  } catch {
    return 0
  }
}
