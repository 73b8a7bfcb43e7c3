import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, type Served } from './fixtures.ts'

const root = join(import.meta.dirname, '..')

/** A real training in a process of its own that logs point by point, when the test says so. */
export async function trainByHand(served: Served, project: string, id: string) {
  const folder = mkdtempSync(join(tmpdir(), 'trackside-by-hand-'))
  const child = spawn(process.execPath, [join(root, 'e2e/trainings/by-hand.ts'), id], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      TRACKSIDE_BASE_URL: served.url,
      TRACKSIDE_API_KEY: served.key,
      TRACKSIDE_WORKSPACE: served.workspace,
      TRACKSIDE_PROJECT: project,
      TRACKSIDE_DIR: folder,
    },
  })
  const ended = once(child, 'close')
  const said = createInterface(child.stdout)[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await said.next()
    if (done) throw new Error('The training ended early')
    return value as string
  }
  await next()
  return {
    async log(step: number, row: Record<string, number>) {
      child.stdin.write(`${JSON.stringify({ step, row })}\n`)
      await next()
    },
    /** Until the server knows the run. */
    async arrived() {
      const headers = { authorization: `Bearer ${served.key}` }
      const address = `${served.url}/api/v1/${served.workspace}/${project}/runs/${id}`
      await expect.poll(async () => (await fetch(address, { headers })).status, { timeout: 30_000 }).toBe(200)
    },
    async finish() {
      child.stdin.end()
      const receipt = JSON.parse(await next())
      await ended
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
      return receipt as { logged: number; stored: number; refused: number; pending: number }
    },
  }
}
