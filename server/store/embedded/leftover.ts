import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** What a running (or killed) postmaster says of itself in its data folder. */
export function readPostmaster(data: string): { pid: number; ready: boolean } | undefined {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined
}

/** True while the process lives and is a postgres of this folder: process ids are used again. */
export function isPostmaster(pid: number, data: string): boolean {
  try {
    process.kill(pid, 0)
    const words =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        : process.platform === 'win32'
          ? data
          : execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
    return words.includes(data)
  } catch {
    return false
  }
}

/**
 * PostgreSQL refuses to start while the process that a stale postmaster.pid names is alive, and in a container that is
 * likely somebody else: process ids begin anew with each start. It passes over its parent's id, which is ours, and still
 * looks whether old backends hold its shared memory; removing the file would skip that.
 */
export function disownPostmaster(data: string): void {
  const left = readPostmaster(data)
  if (!left || isPostmaster(left.pid, data)) return
  const file = join(data, 'postmaster.pid')
  const words = readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid))
  writeFileSync(file, words.replace(/ready\s*$/, 'stopping\n'))
}

/** Fast shutdown: open transactions are rolled back, a checkpoint is written. After `patienceMs`, immediate shutdown. */
export async function stopPostmaster(pid: number, data: string, patienceMs = 30_000): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', patienceMs],
    ['SIGQUIT', 10_000],
  ] as const) {
    if (!isPostmaster(pid, data)) return
    process.kill(pid, signal)
    const deadline = Date.now() + patience
    while (Date.now() < deadline) {
      if (!isPostmaster(pid, data)) return
      await pause(20)
    }
  }
  throw new Error(`PostgreSQL (process ${pid}, ${data}) does not stop; end it by hand.`)
}
