import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureVenv } from '../../scripts/python/venv.ts'
import { cpuSeconds, keepResult } from '../machine.ts'
import { startBenchServer } from './server.ts'

const PROCESSES = 4

interface Trained {
  logging: number
  delivered: number
  logged: number
  stored: number
}

/** Four real Python processes, one agent: points a second from `log()` to durable. */
export async function benchPython(steps: number, keys = 100): Promise<void> {
  const venv = await ensureVenv('bench', [['-e', 'sdk/python']])
  if ('reason' in venv) throw new Error(venv.reason)
  const server = await startBenchServer()
  const folder = mkdtempSync(join(tmpdir(), 'trackside-bench-py-'))
  try {
    const began = performance.now()
    const before = cpuSeconds(server.pid)
    const trained = await Promise.all(
      Array.from({ length: PROCESSES }, (_, i) =>
        train(venv.python, folder, server, [`py-${i}`, String(keys), String(steps)]),
      ),
    )
    const seconds = (performance.now() - began) / 1000
    const points = trained.reduce((sum, { stored }) => sum + stored, 0)
    const figures = {
      processes: PROCESSES,
      points,
      logged: trained.reduce((sum, { logged }) => sum + logged, 0),
      seconds: Math.round(100 * seconds) / 100,
      points_per_second: Math.round(points / seconds),
      logging_points_per_second_each: trained.map(({ logging, logged }) => Math.round(logged / logging)),
      server_cpu_seconds: Math.round(100 * (cpuSeconds(server.pid) - before)) / 100,
    }
    for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(32)} ${JSON.stringify(value)}`)
    console.log(`kept in ${keepResult('ingest-python', figures)}`)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
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
