import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Figure } from '../row.ts'
import { ourPython, script } from '../script.ts'

const PROCESSES = 4
const TRAIN = join(import.meta.dirname, 'train.py')

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
  const ours = await ourPython()
  if ('reason' in ours) return [{ what, unit: '/s', value: null, why: ours.reason }]
  const folder = mkdtempSync(join(tmpdir(), 'python-'))
  const env = { TRACKSIDE_BASE_URL: server.url, TRACKSIDE_API_KEY: server.key, TRACKSIDE_DIR: folder }
  const began = performance.now()
  const trained = await Promise.all(
    Array.from({ length: PROCESSES }, (_, i) =>
      script<Trained>(ours.python, [TRAIN, `py-${i}`, String(keys), String(steps)], env),
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
