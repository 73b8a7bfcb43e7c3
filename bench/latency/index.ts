import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from '@playwright/test'
import { stopAgents } from '../../scripts/agents.ts'
import { findBrowser } from '../../scripts/test/browser.ts'
import { init } from '../../sdk/typescript/src/index.ts'
import { countPanels, signIn, untilPainted } from '../browser/tab.ts'
import type { Figure, Measure } from '../row.ts'
import { ourPython } from '../script.ts'
import { quantile } from '../statistics.ts'
import { type PageServer, startPageServer } from './server.ts'
import { startTraining } from './training.ts'
import { watchPixels } from './watch-pixels.ts'

const KEY = 'layer.0/metric.0'
const HOLD = 4

interface Round {
  waits: number[]
  hertz: number
  /** Panels in view. */
  inView: number
}

/**
 * A Python process logs a hundred keys ten times a second (at full size also one key) and a browser shows their charts: from
 * log() to the first frame in which the canvas pixel at the new point has the line's colour.
 */
export const benchLatency: Measure = async size => {
  const ours = await ourPython()
  if ('reason' in ours) throw new Error(ours.reason)
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
    const context = await signIn(browser, server)
    const figures: Figure[] = []
    const loads: Record<string, unknown> = {}
    for (const keys of size === 'quick' ? [100] : [100, 1]) {
      const rounds: Round[] = []
      for (let round = 0; round < (size === 'quick' ? 1 : 4); round++)
        rounds.push(await measure(ours.python, context, server, `latency-${keys}-${round}`, keys))
      figures.push(...figuresOf(keys, rounds))
      loads[`${keys} keys`] = rounds
    }
    return { figures, details: loads }
  } finally {
    await browser.close()
    await stopAgents(folder)
    await server.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** One project: a finished run holds the ends of both axes, so that the place of every coming point is known. */
async function measure(
  python: string,
  context: BrowserContext,
  server: PageServer,
  project: string,
  keys: number,
): Promise<Round> {
  // A step is one to two pixels of a panel of three in a row; a level that is kept for four is told from the last one.
  const samples = 50
  const last = samples * HOLD + 10
  const ends = await init({ project, name: 'ends' })
  ends.log({ [KEY]: 0 }, { step: last - 1 })
  ends.log({ [KEY]: 1 }, { step: last })
  await ends.finish()
  const training = await startTraining(python, project, { keys, samples, hold: HOLD })
  const page = await context.newPage()
  await page.goto(`/${server.workspace}/${project}`)
  await page.waitForSelector(`figure[aria-label*="ends from 0 to 1"][aria-label*="training from 0.5"]`)
  await page.waitForSelector(`article[aria-label="${KEY}"] [data-live-end]`, { state: 'attached' })
  await untilPainted(page, Math.min(keys, 6))
  const { inView } = await countPanels(page)
  const targets = Array.from({ length: samples }, (_, no) => ({
    across: ((no + 1) * HOLD) / last,
    up: no % 2 ? 0.75 : 0.25,
  }))
  const [seen, { changed, hertz }] = await Promise.all([watchPixels(page, KEY, targets), training.go()])
  await page.close()
  return { waits: seen.map((at, no) => at - (changed[no] ?? Number.NaN)), hertz, inView }
}

function figuresOf(keys: number, rounds: Round[]): Figure[] {
  const waits = rounds.flatMap(round => round.waits)
  const load = `${keys} ${keys === 1 ? 'key' : 'keys'} × 10 Hz from Python`
  const [first] = rounds
  const note = `${first?.inView} panels in view, ${waits.length} samples`
  const pace = 'a viewer of a busy run gets a delta every 100 ms: up to that is waiting for the next'
  return [
    { what: `${load}, log() to painted: p50`, unit: 'ms', value: quantile(waits, 0.5), note },
    {
      what: `${load}, log() to painted: p95`,
      unit: 'ms',
      value: quantile(waits, 0.95),
      limit: 200,
      goal: 150,
      note: pace,
    },
    { what: `${load}, log() to painted: p99`, unit: 'ms', value: quantile(waits, 0.99), goal: 300 },
    { what: `${load}, log() to painted: worst`, unit: 'ms', value: Math.max(...waits) },
  ]
}
