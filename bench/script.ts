import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureVenv } from '../scripts/python/venv.ts'
import { root } from '../scripts/set-up.mjs'
import type { Peer } from './peers/index.ts'

/** A Python that has this tree's SDK, or the reason why there is none. */
export async function ourPython(): Promise<Peer> {
  const venv = await ensureVenv('bench', [['-e', 'sdk/python']])
  return 'python' in venv ? { version: 'this tree', python: venv.python } : venv
}

/** Runs a Python script to its end and returns the last line of JSON that it printed. It sees an empty home folder. */
export async function script<T>(python: string, args: string[], env: Record<string, string> = {}): Promise<T> {
  const child = spawn(python, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOME: mkdtempSync(join(tmpdir(), 'home-')),
      PYTHONPATH: join(root, 'sdk/python'),
      PYTHONWARNINGS: 'ignore',
      ...env,
    },
  })
  let said = ''
  let complained = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complained = (complained + chunk).slice(-2000)
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${complained.trim()}`)
  const line = said.split('\n').findLast(text => text.startsWith('{'))
  return JSON.parse(line ?? '{}') as T
}
