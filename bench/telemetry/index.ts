import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { peer } from '../peers/index.ts'
import type { Measure } from '../row.ts'
import { ourPython, script } from '../script.ts'

interface Sampled {
  /** Share of one core. */
  cpu: number
  keys: number | null
}

/** What sampling this machine once a second costs: ours in the agent, wandb's in its service. */
export const benchTelemetry: Measure = async size => {
  const seconds = size === 'full' ? 60 : 5
  const sample = (python: string, tracker: string) =>
    script<Sampled>(python, [
      join(import.meta.dirname, 'sampler.py'),
      tracker,
      mkdtempSync(join(tmpdir(), 'sampler-')),
      String(seconds),
    ])
  const python = await ourPython()
  if ('reason' in python) throw new Error(python.reason)
  const ours = await sample(python.python, 'trackside')
  const found = peer('wandb')
  const theirs = 'python' in found ? await sample(found.python, 'wandb') : null
  return {
    figures: [
      {
        what: `telemetry at 1 Hz, ${ours.keys} keys of a machine without GPUs: CPU`,
        unit: '% of a core',
        value: 100 * ours.cpu,
        limit: 0.5,
        peers: { wandb: theirs && 100 * theirs.cpu },
        note: 'sampling alone; wandb: its service with the monitor at 1 Hz less without',
      },
    ],
    details: { seconds, ours, theirs },
  }
}
