import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test as base, type Page } from '@playwright/test'

export { expect } from '@playwright/test'

export interface Served {
  url: string
  workspace: string
  email: string
  password: string
  key: string
}

const root = join(import.meta.dirname, '..')

async function serve(): Promise<{ served: Served; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [join(root, 'server/testing/serve.ts'), '--pages'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const ended = once(child, 'exit')
  for await (const line of createInterface(child.stdout)) {
    if (!line.startsWith('{')) continue
    const stop = async () => {
      child.stdin.end()
      await ended
    }
    return { served: JSON.parse(line) as Served, stop }
  }
  throw new Error('The server ended before it was ready')
}

/** Runs a script to its end with the variables that the SDKs read, in a folder of its own. */
async function runTraining(served: Served, project: string, file: string, args: string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'trackside-journey-'))
  const child = spawn(file, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      TRACKSIDE_BASE_URL: served.url,
      TRACKSIDE_API_KEY: served.key,
      TRACKSIDE_WORKSPACE: served.workspace,
      TRACKSIDE_PROJECT: project,
      TRACKSIDE_DIR: folder,
    },
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', chunk => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  if (code !== 0) throw new Error(`The training ended with ${code}:\n${said}`)
  return said
}

interface Journeys {
  signIn(page: Page): Promise<void>
  train(project: string, file: string, args: string[]): Promise<string>
}

/** A real server with its pages for each worker, its owner's way in, and real trainings that log to it. */
export const test = base.extend<Journeys, { served: Served }>({
  served: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
    async ({}, use) => {
      const { served, stop } = await serve()
      await use(served)
      await stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  signIn: async ({ served }, use) => {
    await use(async page => {
      await page.goto(`${served.url}/login`)
      await page.getByLabel('E-mail').fill(served.email)
      await page.getByLabel('Password').fill(served.password)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.waitForURL(url => !url.pathname.startsWith('/login'))
    })
  },
  train: async ({ served }, use) => {
    await use((project, file, args) => runTraining(served, project, file, args))
  },
})
