import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { keep } from '../keep.ts'
import { disownPostmaster, isPostmaster, readPostmaster, stopPostmaster } from './leftover.ts'
import { chooseRunner, type Runner } from './runner.ts'

export interface Embedded {
  /** Address of the cluster as its superuser, database `postgres`. */
  url: string
  pid: number
  /** Settles when the database has ended, asked or not. */
  ended: Promise<void>
  stop(): Promise<void>
}

/** Starts the PostgreSQL that came with npm on `<dataDir>/postgres`, making the cluster when there is none. */
export async function startEmbedded(dataDir: string, say: (line: string) => void = () => {}): Promise<Embedded> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const runner = chooseRunner(dataDir, say)
  const left = readPostmaster(runner.data)
  if (left && isPostmaster(left.pid, runner.data)) {
    say(`stopping the database that an earlier start left behind (process ${left.pid})`)
    await stopPostmaster(left.pid, runner.data)
  } else if (left) {
    disownPostmaster(runner.data)
  }
  const password = keep(join(dataDir, 'postgres.password'), () => randomBytes(24).toString('base64url'))
  if (!existsSync(join(runner.data, 'PG_VERSION'))) initialise(runner, dataDir, password)
  return launch(runner, dataDir, password)
}

function initialise(runner: Runner, dataDir: string, password: string) {
  rmSync(runner.data, { recursive: true, force: true }) // what an initdb that was cut short left
  const passwordFile = join(runner.data, '..', 'initdb.password')
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  runner.own(passwordFile)
  const words = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8']
  const [file, args, options] = runner.command(runner.binaries.initdb, [
    `--pgdata=${runner.data}`,
    ...words,
    '--locale=C.UTF-8',
  ])
  const made = spawnSync(file, args, { ...options, encoding: 'utf8', stdio: 'pipe', env: plainEnvironment() })
  rmSync(passwordFile, { force: true })
  if (made.status === 0) return
  rmSync(runner.data, { recursive: true, force: true })
  const reason = made.error?.message ?? `${made.stdout}${made.stderr}`
  throw new Error(
    `The database could not be made in ${dataDir}:\n${reason}\nIs the folder writable, and the disk not full?`,
  )
}

/** Faults that pass: another took the port, or the backends of a killed postmaster are still ending. */
const passing = /address already in use|could not create any TCP|shared memory block .* is still in use/i

async function launch(runner: Runner, dataDir: string, password: string): Promise<Embedded> {
  const portFile = join(dataDir, 'postgres.port')
  const kept = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0
  let tail = ''
  for (const wish of [kept, kept, 0, 0]) {
    const port = await freePort(wish)
    const log = openSync(join(dataDir, 'postgres.log'), 'w', 0o600)
    const [file, args, options] = runner.command(runner.binaries.postgres, flags(runner.data, port))
    // A session of its own: Ctrl-C in a terminal must reach the server first, which stops the database last.
    const child = spawn(file, args, {
      ...options,
      detached: true,
      stdio: ['ignore', log, log],
      env: plainEnvironment(),
    })
    closeSync(log)
    child.unref()
    const ended = new Promise<void>(resolve => child.once('exit', () => resolve()).once('error', () => resolve()))
    const pid = await becomesReady(runner.data, ended)
    if (pid !== undefined) {
      writeFileSync(portFile, `${port}\n`, { mode: 0o600 })
      const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`
      const stop = async () => {
        child.ref()
        await stopPostmaster(pid, runner.data)
        await ended
      }
      return { url, pid, ended, stop }
    }
    tail = readFileSync(join(dataDir, 'postgres.log'), 'utf8').slice(-2000)
    if (!passing.test(tail)) break
    await pause(200)
  }
  throw new Error(`PostgreSQL did not start on ${runner.data}:\n${tail}`)
}

function flags(data: string, port: number): string[] {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 60,
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    jit: 'off',
    timezone: 'UTC',
    log_min_messages: 'warning',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
  }
  return ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/** The postmaster's process id once it takes connections; undefined when it ended instead. */
async function becomesReady(data: string, ended: Promise<void>): Promise<number | undefined> {
  let over = false
  ended.then(() => {
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

function freePort(wish: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', error => (wish === 0 ? reject(error) : resolve(freePort(0))))
    probe.listen(wish, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** PG* variables of the user's shell would reach the server; the C locale keeps its messages as we read them. */
function plainEnvironment() {
  const environment = { ...process.env, LC_ALL: 'C' }
  for (const name of Object.keys(environment).filter(name => /^PG/.test(name)))
    Reflect.deleteProperty(environment, name)
  return environment
}
