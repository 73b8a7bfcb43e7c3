import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Measured, Outcome, Row, Size } from './row.ts'
import { sweep } from './sweep.ts'

/**
 * Runs a row in a process group of its own, for a bounded time, with a temporary folder of its own. Whatever it leaves
 * behind (an agent, a server, a database, a browser) is ended afterwards and named.
 */
export async function outcomeOf(row: Row, size: Size, atMost: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'tsb-'))
  const mark = randomUUID()
  const load = loadavg()[0] ?? 0
  const began = performance.now()
  const child = fork(join(import.meta.dirname, 'run-row.ts'), [row.id, size], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, TMPDIR: folder, TRACKSIDE_BENCH: mark, NODE_OPTIONS: '' },
  })
  const end = () => endGroup(child)
  process.once('exit', end)
  try {
    const measured = await measuredBy(child, atMost).catch((error: Error) => ({ fault: error.message }))
    const seconds = Math.round((performance.now() - began) / 100) / 10
    end()
    const left = await sweep(mark, folder)
    return {
      id: row.id,
      name: row.name,
      title: row.title,
      seconds,
      load: Math.round(100 * load) / 100,
      ...measured,
      ...(left.length && { left }),
    }
  } finally {
    process.off('exit', end)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function measuredBy(child: ChildProcess, atMost: number): Promise<Measured> {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(), 1000 * atMost)
  const { signal } = over
  try {
    const [said] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code, by]) => {
        throw new Error(`ended with ${code ?? by}`)
      }),
    ])
    await once(child, 'exit', { signal }).catch(() => {})
    return said as Measured
  } catch (error) {
    throw signal.aborted ? new Error(`not done within ${Math.round(atMost)} s`) : error
  } finally {
    clearTimeout(timer)
  }
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
