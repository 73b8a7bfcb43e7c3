import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ensureVenv } from '../python/venv.ts'
import { root } from '../set-up.mjs'

const here = (file: string) => join(root, 'scripts/demo', file)

/** How to train here: in Python, or in TypeScript where Python has no venv, which is said. */
export async function chooseTraining(say: (line: string) => unknown): Promise<[file: string, args: string[]]> {
  const venv = await ensureVenv('demo', [['numpy'], ['-e', 'sdk/python']])
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

/** The SDK's agent of the demo's own folder: it would look for the server for an hour. */
export async function stopAgents(folder: string): Promise<void> {
  const hosts = join(folder, 'agent')
  for (const host of existsSync(hosts) ? readdirSync(hosts) : []) {
    const nameplate = join(hosts, host, 'agent.json')
    if (!existsSync(nameplate)) continue
    const { pid } = JSON.parse(readFileSync(nameplate, 'utf8')) as { pid: number }
    if (!isAgent(pid, folder)) continue
    signal(pid, 'SIGTERM')
    for (const deadline = Date.now() + 8_000; isAgent(pid, folder) && Date.now() < deadline; ) await pause(20)
    if (isAgent(pid, folder)) signal(pid, 'SIGKILL')
  }
}

/** Process ids are used again: an agent names its folder in its command line. */
function isAgent(pid: number, folder: string): boolean {
  try {
    process.kill(pid, 0)
    const words = `/proc/${pid}/cmdline`
    return !existsSync(words) || readFileSync(words, 'utf8').includes(folder)
  } catch {
    return false
  }
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch {
    // it has ended meanwhile
  }
}
