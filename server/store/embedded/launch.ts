import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { disownPostmaster, isPostmaster, readPostmaster, stopPostmaster } from './leftover.ts'
import { plainEnvironment, type Runner } from './runner.ts'

export interface Postmaster {
  pid: number
  port: number
  /** Settles when it has ended, asked or not. */
  ended: Promise<void>
  stop(): Promise<void>
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 60,
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  timezone: 'UTC',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
}

/** Faults that pass: another took the port a moment ago, or the backends of a killed postmaster are still ending. */
const passing = /address already in use|could not create any TCP|shared memory block .* is still in use/i

/** Starts the cluster and waits until it takes connections, on the first of the ports that is to be had (0: any). */
export async function launch(runner: Runner, logFile: string, ports: number[]): Promise<Postmaster> {
  for (const wish of ports) {
    const postmaster = await launchOnce(runner, logFile, wish || (await freePort()))
    if (postmaster) return postmaster
    if (!passing.test(tailOf(logFile))) break
    await pause(200)
  }
  throw new Error(`PostgreSQL did not start on ${runner.data}:\n${tailOf(logFile)}`)
}

async function launchOnce(runner: Runner, logFile: string, port: number): Promise<Postmaster | undefined> {
  disownPostmaster(runner.data)
  const words = Object.entries({ port, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [file, args, options] = runner.command(runner.binaries.postgres, ['-D', runner.data, ...words])
  const log = openSync(logFile, 'w', 0o600)
  // A session of its own: Ctrl-C in a terminal must reach the server first, which stops the database last.
  const child = spawn(file, args, { ...options, detached: true, stdio: ['ignore', log, log], env: plainEnvironment() })
  closeSync(log)
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()).once('error', () => resolve()))
  const pid = await becomesReady(runner.data, ended)
  if (pid === undefined) return undefined
  child.unref()
  const stop = async () => {
    child.ref()
    await stopPostmaster(pid, runner.data)
    await ended
  }
  return { pid, port, ended, stop }
}

/** The postmaster's process id once it takes connections; undefined when it ended instead. */
async function becomesReady(data: string, ended: Promise<void>): Promise<number | undefined> {
  let over = false
  void ended.then(() => {
    over = true
  })
  const deadline = Date.now() + 60_000 // recovery after a crash may replay 2 GB
  while (!over && Date.now() < deadline) {
    const postmaster = readPostmaster(data)
    if (postmaster?.ready && isPostmaster(postmaster.pid, data)) return postmaster.pid
    await pause(10)
  }
  return undefined
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const tailOf = (logFile: string) => readFileSync(logFile, 'utf8').slice(-2000)
