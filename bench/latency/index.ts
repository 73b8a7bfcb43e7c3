import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Browser, chromium, type Page } from '@playwright/test'
import { stopAgents } from '../../scripts/agents.ts'
import { findBrowser } from '../../scripts/test/browser.ts'
import { init } from '../../sdk/typescript/src/index.ts'
import type { Measure } from '../row.ts'
import { type PageServer, startPageServer } from './server.ts'
import { watchPixel } from './watch-pixel.ts'

const KEY = 'probe'

/** From log() to the first frame in which the canvas pixel at the new point has the line's colour. */
export const benchLatency: Measure = async size => {
  const samples = size === 'quick' ? 40 : 200
  const folder = mkdtempSync(join(tmpdir(), 'trackside-bench-'))
  const server = await startPageServer()
  Object.assign(process.env, {
    TRACKSIDE_BASE_URL: server.url,
    TRACKSIDE_API_KEY: server.key,
    TRACKSIDE_WORKSPACE: server.workspace,
    TRACKSIDE_DIR: folder,
  })
  const path = findBrowser()
  const browser = await chromium.launch({
    ...(path && { executablePath: path }),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    // A panel of 600 px tells fifty points apart; each round is a project of its own.
    const waits: number[] = []
    for (let round = 0; waits.length < samples; round++) {
      waits.push(...(await measure(browser, server, `latency-${round}`, Math.min(50, samples - waits.length))))
    }
    const at = quantiles(waits)
    return {
      figures: [
        { what: 'log() to painted: p50', unit: 'ms', value: at(0.5) },
        { what: 'log() to painted: p95', unit: 'ms', value: at(0.95), goal: 150 },
        { what: 'log() to painted: p99', unit: 'ms', value: at(0.99), goal: 300 },
        { what: 'log() to painted: worst', unit: 'ms', value: at(1) },
      ],
      details: { samples: waits.length },
    }
  } finally {
    await browser.close()
    await stopAgents(folder)
    await server.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** One project: a finished run holds the ends of both axes, so that the place of every coming point is known. */
async function measure(browser: Browser, server: PageServer, project: string, samples: number): Promise<number[]> {
  const last = samples + 10
  const ends = await init({ project, name: 'ends' })
  ends.log({ [KEY]: 0 }, { step: last - 1 })
  ends.log({ [KEY]: 1 }, { step: last })
  await ends.finish()
  const run = await init({ project, name: KEY })
  run.log({ [KEY]: 0.5 }, { step: 0 })
  const page = await openProject(browser, server, project)
  const waits: number[] = []
  for (let step = 1; waits.length < samples && step < last - 2; step++) {
    const up = step % 2 ? 0.25 : 0.75
    const seen = watchPixel(page, { panel: KEY, across: step / last, up })
    // Jittered, so that no sample falls into step with a timer on the way.
    await pause(150 + 200 * Math.random())
    const logged = Date.now()
    run.log({ [KEY]: up }, { step })
    const at = await seen
    if (at !== null && at >= logged) waits.push(at - logged)
  }
  await page.context().close()
  await run.finish()
  return waits
}

async function openProject(browser: Browser, server: PageServer, project: string): Promise<Page> {
  const page = await browser.newPage({ baseURL: server.url, viewport: { width: 1440, height: 900 } })
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(server.email)
  await page.getByLabel('Password').fill(server.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(url => !url.pathname.startsWith('/login'))
  await page.goto(`/${server.workspace}/${project}`)
  await page.waitForSelector(`figure[aria-label*="ends from 0 to 1"][aria-label*="${KEY} from 0.5"]`)
  await page.waitForSelector(`article[aria-label="${KEY}"] [data-live-end]`, { state: 'attached' })
  return page
}

function quantiles(waits: number[]) {
  const sorted = [...waits].sort((a, b) => a - b)
  return (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
