import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export interface ServerProcess {
  child: ChildProcess
  /** Lines of its log so far. */
  lines: Record<string, unknown>[]
  /** Settles with its address. */
  url: Promise<string>
  exit: Promise<number | null>
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A folder for a server's data, removed at the end of the test. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trackside-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

interface As {
  clone?: string
  node?: string
  /** Another user, for root to start it as. */
  uid?: number
}

/** `server/main.ts` as a process of its own, ended with the test. */
export function startProcess(dataDir: string, variables: Record<string, string> = {}, as: As = {}): ServerProcess {
  const { clone = root, node = process.execPath, uid } = as
  const env = {
    PATH: process.env.PATH,
    PORT: '0',
    TRACKSIDE_LOG_LEVEL: 'debug',
    TRACKSIDE_DATA_DIR: dataDir,
    ...variables,
  }
  const child = spawn(node, [join(clone, 'server/main.ts')], {
    cwd: clone,
    env: { ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    ...(uid !== undefined && { uid, gid: uid }),
  })
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  const lines: Record<string, unknown>[] = []
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
      for (const line of chunk.split('\n').filter(line => line.startsWith('{'))) lines.push(JSON.parse(line))
    })
  const url = Promise.race([
    once(child, 'message').then(([message]) => (message as { url: string }).url),
    exit.then(code => {
      throw new Error(`The server ended with ${code}:\n${said}`)
    }),
  ])
  url.catch(() => {}) // who waits for the exit alone does not ask for it
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await exit
  })
  return { child, lines, url, exit }
}
