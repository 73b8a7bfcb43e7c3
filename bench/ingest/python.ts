import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureVenv } from '../../scripts/python/venv.ts'
import type { Figure } from '../row.ts'

const PROCESSES = 4

interface Trained {
  logging: number
  stored: number
}

/** Four real Python processes, one agent: points a second from `log()` to durable. */
export async function throughPython(
  server: { url: string; key: string },
  steps: number,
  keys = 100,
): Promise<Figure[]> {
  const what = 'four Python processes: points a second, log() to durable'
  const venv = await ensureVenv('bench', [['-e', 'sdk/python']])
  if ('reason' in venv) return [{ what, unit: '/s', value: null, why: venv.reason }]
  const folder = mkdtempSync(join(tmpdir(), 'python-'))
  const began = performance.now()
  const trained = await Promise.all(
    Array.from({ length: PROCESSES }, (_, i) =>
      train(venv.python, folder, server, [`py-${i}`, String(keys), String(steps)]),
    ),
  )
  const seconds = (performance.now() - began) / 1000
  const points = trained.reduce((sum, { stored }) => sum + stored, 0)
  const logging = Math.max(...trained.map(one => one.logging))
  return [
    { what, unit: '/s', value: points / seconds },
    { what: 'four Python processes: points a second into log()', unit: '/s', value: points / logging },
  ]
}

async function train(
  python: string,
  folder: string,
  { url, key }: { url: string; key: string },
  args: string[],
): Promise<Trained> {
  const child = spawn(python, [join(import.meta.dirname, 'train.py'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TRACKSIDE_BASE_URL: url, TRACKSIDE_API_KEY: key, TRACKSIDE_DIR: folder },
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`a training ended with ${code}`)
  return JSON.parse(said.trim().split('\n').at(-1) ?? '{}') as Trained
}
