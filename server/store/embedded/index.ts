import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { keep } from '../keep.ts'
import { holdFolder } from './folder-lock.ts'
import { initialise } from './initialise.ts'
import { launch, type Postmaster } from './launch.ts'
import { isPostmaster, readPostmaster, stopPostmaster } from './leftover.ts'
import { chooseRunner } from './runner.ts'

export interface Embedded {
  /** Address of the cluster as its superuser, database `postgres`. The same for as long as it runs. */
  url: string
  /** The postmaster's process id now: one that ends by itself is replaced. */
  pid(): number
  stop(): Promise<void>
}

/** Runs the PostgreSQL that came with npm on `<dataDir>/postgres`, making the cluster when there is none. */
export async function startEmbedded(dataDir: string, say: (line: string) => void = () => {}): Promise<Embedded> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const release = holdFolder(dataDir)
  try {
    const runner = chooseRunner(dataDir, say)
    const left = readPostmaster(runner.data)
    if (left && isPostmaster(left.pid, runner.data)) {
      say(`stopping the database that a killed server left behind (process ${left.pid})`)
      await stopPostmaster(left.pid, runner.data)
    }
    const password = keep(join(dataDir, 'postgres.password'), () => randomBytes(24).toString('base64url'))
    initialise(runner, password)
    const portFile = join(dataDir, 'postgres.port')
    const kept = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0
    const start = (ports: number[]) => launch(runner, join(dataDir, 'postgres.log'), ports)
    const first = await start([kept, kept, 0, 0])
    writeFileSync(portFile, `${first.port}\n`, { mode: 0o600 })
    const url = `postgresql://postgres:${password}@127.0.0.1:${first.port}/postgres`
    const same = Array.from<number>({ length: 50 }).fill(first.port)
    return { url, ...supervise(first, () => start(same), say, release) }
  } catch (error) {
    release()
    throw error
  }
}

/** Starts the database again when it ends unasked, on the port that everybody knows. */
function supervise(
  first: Postmaster,
  again: () => Promise<Postmaster>,
  say: (line: string) => void,
  release: () => void,
): Omit<Embedded, 'url'> {
  let current = first
  let starting: Promise<unknown> = Promise.resolve()
  let stopping = false
  const watch = (postmaster: Postmaster) => {
    void postmaster.ended.then(() => {
      if (stopping) return
      say('the database ended unasked; starting it again')
      starting = revive()
    })
  }
  /** A start may fail as well: a database is killed while it recovers, or a disk is full for a while. */
  const revive = async (): Promise<void> => {
    for (let pause = 200; !stopping; pause = Math.min(2 * pause, 5000)) {
      try {
        current = await again()
        watch(current)
        return
      } catch (error) {
        say(`the database does not start: ${error instanceof Error ? error.message : error}`)
        await sleep(pause)
      }
    }
  }
  watch(first)
  return {
    pid: () => current.pid,
    async stop() {
      stopping = true
      await starting
      await current.stop()
      release()
    },
  }
}
