import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface PageServer {
  url: string
  workspace: string
  email: string
  password: string
  key: string
  /** Its data folder, with the embedded database in it. */
  data: string
  stop(): Promise<void>
}

/** The built application on a database of its own. */
export async function startPageServer(): Promise<PageServer> {
  const data = mkdtempSync(join(tmpdir(), 'trackside-bench-'))
  const root = join(import.meta.dirname, '../..')
  const child = spawn(process.execPath, [join(root, 'server/testing/serve.ts'), '--pages'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TRACKSIDE_DATA_DIR: data, NODE_ENV: 'production', NODE_OPTIONS: '' },
  })
  const ended = once(child, 'exit')
  const stop = async () => {
    child.stdin.end()
    await ended
    rmSync(data, { recursive: true, force: true })
  }
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith('{')) return { ...JSON.parse(line), data, stop }
  }
  throw new Error('The server ended before it was ready')
}
