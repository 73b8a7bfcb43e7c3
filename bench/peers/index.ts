import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '../../scripts/set-up.mjs'

export const PEERS = ['wandb', 'trackio', 'tensorboardX', 'tensorboard', 'mlflow', 'aim'] as const
export type PeerName = (typeof PEERS)[number]
export type Peer = { version: string; python: string } | { reason: string }

const PINNED = join(import.meta.dirname, 'pinned.txt')
const VENV = join(root, '.venv/peers')
const python = join(VENV, 'bin/python')
const INSTALL_SECONDS = 300

/** A peer that `installPeers` has installed, or the reason why there is none. */
export function peer(name: PeerName): Peer {
  const version = versionOf(name)
  const said = existsSync(stamp(name)) ? readFileSync(stamp(name), 'utf8') : 'it is not installed'
  return said === version ? { version, python } : { reason: said }
}

/** Installs from PyPI what is missing, in the versions of pinned.txt, each peer by itself: one that fails costs no other. */
export async function installPeers(names: readonly PeerName[]): Promise<Record<string, Peer>> {
  const missing = names.filter(name => 'reason' in peer(name))
  const deadline = Date.now() + 1000 * INSTALL_SECONDS
  if (missing.length) {
    console.log(`installing ${missing.join(', ')} into .venv/peers`)
    const fault = existsSync(python) ? undefined : await run('python3', ['-m', 'venv', VENV], deadline)
    for (const name of missing) {
      const words = ['install', '--quiet', '--disable-pip-version-check', '--no-input', '--retries', '1', '-c', PINNED]
      const failed = fault ?? (await run(python, ['-m', 'pip', ...words, name], deadline))
      if (!fault) writeFileSync(stamp(name), failed ?? versionOf(name))
      if (failed) console.log(`  ${name} is not measured: ${failed}`)
    }
  }
  return Object.fromEntries(names.map(name => [name, peer(name)]))
}

const stamp = (name: PeerName) => join(VENV, `.${name}`)

function versionOf(name: PeerName): string {
  const line = readFileSync(PINNED, 'utf8')
    .split('\n')
    .find(pinned => pinned.startsWith(`${name}==`))
  return line?.split('==')[1]?.trim() ?? ''
}

/** Runs it until the deadline; the end of what it said when it failed. */
async function run(file: string, args: string[], deadline: number): Promise<string | undefined> {
  if (spawnSync(file, ['--version'], { stdio: 'ignore' }).status !== 0) return `there is no ${file}`
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
    })
  const over = new AbortController()
  const late = pause(Math.max(1, deadline - Date.now()), 'late' as const, { signal: over.signal }).catch(() => 'done')
  const first = await Promise.race([once(child, 'close'), late])
  over.abort()
  if (first === 'late') {
    child.kill('SIGKILL')
    return `pip was not done after ${INSTALL_SECONDS} s`
  }
  return child.exitCode === 0
    ? undefined
    : (said.trim().split('\n').at(-1) ?? `exit code ${child.exitCode}`).slice(-300)
}
