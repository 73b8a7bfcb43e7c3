import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bitsOf } from '../../../protocol/golden/values.ts'
import type { MetaItem } from '../../../protocol/ingest.ts'
import { agentFolder } from '../src/folder.ts'
import { isAlive } from '../src/process.ts'
import { launchesIn, writersIn } from '../src/shelf.ts'
import { Tail } from '../src/tail.ts'

export const KEY = 'tsk-test'
const TRAINING = fileURLToPath(new URL('./training.ts', import.meta.url))

/** A folder of its own, and the agents in it ended with it. */
export function makeFolder(): { folder: string; clear: () => Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'trackside-'))
  return {
    folder,
    clear: async () => {
      // one that waited for the lock takes over from one that is killed
      await until(() => {
        const agent = agentOf(folder)
        if (agent) process.kill(agent, 'SIGKILL')
        return agent === null
      }, 'no agent is left')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The pid of the folder's living agent; null where there is none. */
export function agentOf(folder: string): number | null {
  try {
    const { pid, start } = JSON.parse(readFileSync(join(agentFolder(folder), 'agent.json'), 'utf8'))
    return isAlive(pid, start) ? pid : null
  } catch {
    return null
  }
}

export interface Training {
  child: ChildProcess
  /** How many calls of log() had returned when it last said so. */
  returned: () => number
  ended: Promise<{ code: number | null; signal: string | null; output: string }>
}

/** A training in a process of its own: test/training.ts with these settings. */
export function train(
  folder: string,
  server: Record<string, string> | string,
  settings: Record<string, unknown>,
  env: Record<string, string> = {},
): Training {
  const address = typeof server === 'string' ? { TRACKSIDE_BASE_URL: server, TRACKSIDE_API_KEY: KEY } : server
  const variables = { TRACKSIDE_DIR: folder, TRACKSIDE_SILENT: '1', ...address, ...env }
  const child = spawn(process.execPath, [TRAINING, JSON.stringify(settings)], {
    env: { ...process.env, ...variables },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout?.on('data', data => {
    output += data
  })
  return {
    child,
    returned: () => Number(/(\d+)\n[^\n]*$/.exec(output)?.[1] ?? 0),
    ended: new Promise(resolve => child.on('close', (code, signal) => resolve({ code, signal, output }))),
  }
}

/** Every user point that the folder's journals hold, as the server should have it. */
export function journaled(folder: string) {
  const points: { seq: number; key: string; step: number; time: number; bits: string }[] = []
  for (const launch of launchesIn(join(folder, 'runs')))
    for (const writer of writersIn(launch)) {
      const tail = new Tail(launch, writer)
      for (let items = tail.read(true); items.length > 0; items = tail.read(true))
        for (const item of items)
          if (item.kind === 'points' && !item.keys[0]?.startsWith('system/'))
            item.keys.forEach((key, i) => {
              points.push({
                seq: item.seq + i,
                key,
                step: item.step,
                time: item.time,
                bits: bitsOf(item.values[i] as number),
              })
            })
      tail.close()
    }
  return points
}

/** Every meta item that the folder's journals hold. */
export function journaledMetas(folder: string): MetaItem[] {
  return launchesIn(join(folder, 'runs')).flatMap(launch =>
    writersIn(launch).flatMap(writer =>
      new Tail(launch, writer).read(true).flatMap(item => (item.kind === 'meta' ? [item.item as MetaItem] : [])),
    ),
  )
}

/** Waits for a condition, at most `seconds`. */
export async function until(condition: () => boolean, what: string, seconds = 30): Promise<void> {
  const end = performance.now() + 1000 * seconds
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

/** What a question answers once it answers anything, within `seconds`; refusals of the server are no answer yet. */
export async function whenever<T>(ask: () => Promise<T | null>, what: string, seconds = 30): Promise<T> {
  const end = performance.now() + 1000 * seconds
  for (;;) {
    const found = await ask().catch(error => {
      if (performance.now() > end) throw error
      return null
    })
    if (found !== null) return found
    if (performance.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
