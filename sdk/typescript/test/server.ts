import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** A real server in a process of its own, with its own database and port. `kill` leaves the data; `start` begins again. */
export class RealServer {
  readonly key = `tsk-${randomBytes(32).toString('hex')}`
  readonly #folder = mkdtempSync(join(tmpdir(), 'trackside-server-'))
  #child: ChildProcess | null = null
  #port = '0'
  url = ''

  async start(): Promise<this> {
    const log = openSync(join(this.#folder, 'log'), 'a')
    const own = Object.entries(process.env).filter(([name]) => !/^(TRACKSIDE_|WANDB_|NODE_OPTIONS|VITEST)/.test(name))
    const child = spawn(process.execPath, ['server/testing/serve.ts'], {
      cwd: ROOT,
      stdio: ['pipe', 'pipe', log],
      env: {
        ...(Object.fromEntries(own) as NodeJS.ProcessEnv),
        TRACKSIDE_DATA_DIR: join(this.#folder, 'data'),
        TRACKSIDE_INIT_API_KEY: this.key,
        PORT: this.#port,
      },
    })
    this.#child = child
    closeSync(log)
    const lines = createInterface({ input: child.stdout as Readable })
    const told = await Promise.race([once(lines, 'line'), once(lines, 'close')])
    if (told.length === 0) throw new Error(`the server did not start:\n${this.log}`)
    this.url = JSON.parse(told[0]).url
    this.#port = new URL(this.url).port
    return this
  }

  get log(): string {
    return readFileSync(join(this.#folder, 'log'), 'utf8').slice(-4000)
  }

  get environment(): Record<string, string> {
    return { TRACKSIDE_BASE_URL: this.url, TRACKSIDE_API_KEY: this.key, TRACKSIDE_WORKSPACE: 'acme' }
  }

  /** The embedded database's own process; null while there is none. */
  get database(): number | null {
    try {
      const pid = Number(readFileSync(join(this.#folder, 'data', 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('/postgres\0-D') ? pid : null
    } catch {
      return null
    }
  }

  get isUp(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null
  }

  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL')
    if (this.isUp) await once(this.#child as ChildProcess, 'exit')
  }

  async close(): Promise<void> {
    this.#child?.stdin?.end()
    if (this.isUp) await once(this.#child as ChildProcess, 'exit')
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
