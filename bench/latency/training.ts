import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Load {
  keys: number
  /** How often the watched key changes its level, and for how many steps it keeps it. */
  samples: number
  hold: number
}

export interface Logged {
  /** When each change of level was logged, in ms since 1970. */
  changed: number[]
  /** Calls of log() a second, as it came out. */
  hertz: number
}

/** A training with the Python SDK that has logged its first step; `go` lets it run to its end. */
export async function startTraining(python: string, project: string, { keys, samples, hold }: Load) {
  const words = [join(import.meta.dirname, 'train.py'), project, String(keys), String(samples), String(hold)]
  const child = spawn(python, words, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface(child.stdout)
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`latency/train.py ended with ${code}`)))
  // It ends by itself once it has said everything.
  ended.catch(() => {})
  const said = async (wanted: (line: string) => boolean): Promise<string> => {
    for (;;) {
      const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string]
      if (wanted(line)) return line
    }
  }
  await said(line => line === 'ready')
  return {
    async go(): Promise<Logged> {
      child.stdin.end('go\n')
      return JSON.parse(await said(line => line.startsWith('{"changed"'))) as Logged
    },
  }
}
