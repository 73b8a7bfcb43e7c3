import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { root } from '../set-up.mjs'

/** A real server in a process of its own, with the embedded database, that can be killed and started again where it was. */
export class ServerProcess {
  readonly data = mkdtempSync(join(tmpdir(), 'trackside-faults-'))
  readonly key = `tsk-${'f'.repeat(64)}`
  url = ''
  #child: ChildProcess | undefined
  #port = 0

  async start(): Promise<void> {
    this.#port ||= await freePort()
    const child = spawn(process.execPath, [join(root, 'server/testing/serve.ts')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        PORT: String(this.#port),
        TRACKSIDE_DATA_DIR: this.data,
        TRACKSIDE_INIT_API_KEY: this.key,
        TRACKSIDE_LOG_LEVEL: 'silent',
        NODE_OPTIONS: '',
      },
    })
    this.#child = child
    const said = new Promise<string>(resolve => createInterface({ input: child.stdout }).once('line', resolve))
    const died = once(child, 'exit').then(() => Promise.reject(new Error('the server did not start')))
    this.url = (JSON.parse(await Promise.race([said, died])) as { url: string }).url
  }

  /** SIGKILL; the database goes on by itself. */
  async killServer(): Promise<void> {
    const child = this.#child
    if (!child) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  /** SIGKILL of the postmaster, once it is up: its backends end with it, the server starts it again. */
  async killDatabase(): Promise<void> {
    for (;;) {
      const [pid, , , , , , , state] = this.#kept('postgres/postmaster.pid').split('\n')
      if (state?.trim() === 'ready') return void process.kill(Number(pid), 'SIGKILL')
      await pause(10)
    }
  }

  /** The database as its superuser. */
  async sql(): Promise<pg.Client> {
    const client = new pg.Client({
      host: '127.0.0.1',
      port: Number(this.#kept('postgres.port')),
      user: 'postgres',
      password: this.#kept('postgres.password'),
      database: 'trackside',
    })
    client.on('error', () => {})
    await client.connect()
    return client
  }

  async stop(): Promise<void> {
    const child = this.#child
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit')
      child.stdin?.end()
      await gone
    }
    rmSync(this.data, { recursive: true, force: true })
  }

  #kept(name: string): string {
    return readFileSync(join(this.data, name), 'utf8').trim()
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
