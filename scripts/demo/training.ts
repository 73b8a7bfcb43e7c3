import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ensureVenv } from '../python/venv.ts'
import { root } from '../set-up.mjs'

const here = (file: string) => join(root, 'scripts/demo', file)

/** How to train here: in Python, or in TypeScript where Python has no venv, which is said. */
export async function chooseTraining(say: (line: string) => unknown): Promise<[file: string, args: string[]]> {
  const slow = setTimeout(() => say('Preparing Python for the training (once, usually 10 to 60 seconds)…'), 1_000)
  const venv = await ensureVenv('demo', [['numpy'], ['-e', 'sdk/python']])
  clearTimeout(slow)
  if ('python' in venv) return [venv.python, [here('train.py')]]
  say(`No training in Python: ${venv.reason}\nTraining in TypeScript instead.`)
  return [process.execPath, [here('train.ts')]]
}

/** A group of processes of its own: Ctrl-C reaches it when we pass it on, not from the terminal. */
export function startTraining([file, args]: [string, string[]], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(file, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'], detached: true })
}

/** Interrupts the training as Ctrl-C would, so that its runs end in order; ends it after 15 s. */
export async function stopTraining(training: ChildProcess): Promise<void> {
  if (training.exitCode !== null || training.signalCode !== null) return
  const ended = once(training, 'exit')
  signal(-(training.pid ?? 0), 'SIGINT')
  const patience = setTimeout(() => signal(-(training.pid ?? 0), 'SIGKILL'), 15_000)
  await ended
  clearTimeout(patience)
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch {
    // it has ended meanwhile
  }
}
