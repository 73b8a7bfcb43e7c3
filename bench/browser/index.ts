import { type BrowserContext, chromium } from '@playwright/test'
import { findBrowser } from '../../scripts/test/browser.ts'
import { type PageServer, startPageServer } from '../latency/server.ts'
import type { Figure, Measure } from '../row.ts'
import { clickLastEye } from './click.ts'
import { growthOf, type HeapSample } from './heap.ts'
import { costOfMoves } from './hover.ts'
import { BOARD, COMPARE, DEEP, fill, goOn } from './projects.ts'
import { scrollLive } from './scroll.ts'
import { countPanels, quantile, signIn, untilPainted } from './tab.ts'
import { zoomOnce } from './zoom.ts'

const sizes = {
  full: { openings: 20, moves: 300, seconds: 1800, samples: 30, zooms: 40 },
  quick: { openings: 5, moves: 80, seconds: 60, samples: 6, zooms: 10 },
}

type Amounts = typeof sizes.full

/** High enough for the twelve panels of a first screen; three stand in a row, and a section begins a new one. */
const SCREEN = { width: 1440, height: 1200 }

/** What a reader feels: real pages of the built application in a real browser, on data that came through the real door. */
export const benchBrowser: Measure = async size => {
  const amounts = sizes[size]
  const server = await startPageServer()
  const path = findBrowser()
  const browser = await chromium.launch({
    ...(path && { executablePath: path }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    await fill(server)
    const context = await signIn(browser, server)
    const shown = Array.from({ length: COMPARE.runs }, (_, run) => `${COMPARE.project}-${run}`).join(',')
    const board = await open(context, `/${server.workspace}/${BOARD.project}`, 12, amounts)
    const compare = await open(context, `/${server.workspace}/${COMPARE.project}?show=${shown}`, 1, amounts)
    const clicked = await clicks(context, `/${server.workspace}/${COMPARE.project}?show=${shown}`, amounts)
    const zoomed = await zooms(context, server, amounts)
    const live = await liveBoard(context, server, amounts)
    return {
      figures: [
        ...figure(`first screen, ${board.panels} panels in view of 10 series`, board.waits, { limit: 400, goal: 300 }),
        ...figure('100 runs of 10,000 points, from navigation', compare.waits, { limit: 400, goal: 300 }),
        ...figure('100 runs of 10,000 points, from the click on the eye of the hundredth', clicked, {
          limit: 400,
          goal: 300,
        }),
        ...figure('zoom into 1,000,000 points, to its first repaint', zoomed.repaint, { limit: 60 }),
        ...figure('zoom into 1,000,000 points, to the exact picture', zoomed.exact),
        ...figure('synced hover over all panels in view, a move', live.moves, { limit: 10, goal: 8 }),
        ...live.figures,
      ],
      details: { load: { board: BOARD, compare: COMPARE, deep: DEEP, ...amounts }, ...live.details },
    }
  } finally {
    await browser.close()
    await server.stop()
  }
}

function figure(what: string, values: number[], asked: Pick<Figure, 'limit' | 'goal'> = {}): Figure[] {
  const known = values.filter(Number.isFinite)
  return [
    { what: `${what}: p50`, unit: 'ms', value: quantile(known, 0.5) },
    { what: `${what}: p95`, unit: 'ms', value: quantile(known, 0.95), ...asked },
  ]
}

/** From navigation until all panels in view are painted. */
async function open(context: BrowserContext, address: string, least: number, { openings }: Amounts) {
  const waits: number[] = []
  let panels = 0
  for (let i = 0; i <= openings; i++) {
    const page = await context.newPage()
    await page.setViewportSize(SCREEN)
    await page.goto(address, { waitUntil: 'commit' })
    const wait = await untilPainted(page, least)
    // The first fills the browser's cache and the server's.
    if (i > 0) waits.push(wait)
    panels = (await countPanels(page)).inView
    await page.close()
  }
  return { panels, waits }
}

/** From the click that brings the hundredth run to the board until all are painted: another question, read anew. */
async function clicks(context: BrowserContext, address: string, { openings }: Amounts): Promise<number[]> {
  const page = await context.newPage()
  // The oldest run; as none was given a name, the server calls it run-1.
  const last = `${COMPARE.project}-0`
  await page.goto(address.replace(new RegExp(`\\b${last}(,|$)`), ''))
  await untilPainted(page, 1)
  await page.waitForTimeout(1000)
  const waits = []
  for (let i = 0; i < openings; i++) waits.push(await clickLastEye(page, 'run-1', COMPARE.runs))
  await page.close()
  return waits
}

async function zooms(context: BrowserContext, server: PageServer, { zooms }: Amounts) {
  const page = await context.newPage()
  await page.goto(`/${server.workspace}/${DEEP.project}`)
  await untilPainted(page, 1)
  await page.waitForTimeout(500)
  const waits = []
  for (let i = 0; i < zooms; i++) waits.push(await zoomOnce(page))
  await page.close()
  return { repaint: waits.map(each => each.repaint), exact: waits.map(each => each.exact) }
}

/** A hundred panels of ten series: hover while they rest, then scroll while all grow at 2 Hz. */
async function liveBoard(context: BrowserContext, server: PageServer, { moves, seconds, samples }: Amounts) {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await page.goto(`/${server.workspace}/${BOARD.project}`)
  await untilPainted(page, 9)
  await page.waitForTimeout(1000)
  const browser = context.browser()
  const costs = browser ? await costOfMoves(browser, page, moves) : []
  const stop = await goOn(server, 2)
  await page.waitForTimeout(2000)
  const { fps, longTasks, heap } = await scrollLive(page, session, { seconds, samples })
  await stop()
  await page.close()
  const longest = Math.round(Math.max(0, ...longTasks))
  const live = `${BOARD.keys} panels of ${BOARD.runs} live series, ${seconds} s`
  const figures: Figure[] = [
    { what: `${live}: scrolling`, unit: 'frames/s', value: fps, limit: 55, better: 'higher' },
    { what: `${live}: tasks over 50 ms`, unit: '', value: longTasks.length, limit: 0, note: `longest ${longest} ms` },
    ...heapFigures(live, heap, seconds),
  ]
  return { moves: costs, figures, details: { longTasks, heap } }
}

/** A minute says little of an hour: only a long watch is held against a limit. */
const LONG_WATCH = 600

function heapFigures(live: string, heap: readonly HeapSample[], seconds: number): Figure[] {
  const note = `${heap[0]?.mb} MB at the start, ${heap.at(-1)?.points} MB of points beside it; collected before each sample`
  return [
    { what: `${live}: heap at the end`, unit: 'MB', value: heap.at(-1)?.mb ?? null, limit: 150, note },
    {
      what: `${live}: growth of the heap, fitted`,
      unit: '%/h',
      value: growthOf(heap),
      ...(seconds >= LONG_WATCH && { limit: 10, goal: 5 }),
      note: `over ${heap.length} samples, without the first tenth`,
    },
  ]
}
