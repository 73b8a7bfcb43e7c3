import type { Browser, Page } from '@playwright/test'

type TraceEvent = {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  dur?: number
  args: { name?: string; data?: { type?: string } }
}

/**
 * Milliseconds of the page's main thread that each pointer move costs: every task between one move and the next, script,
 * style, layout and paint included.
 */
export async function costOfMoves(browser: Browser, page: Page, moves: number): Promise<number[]> {
  const box = await page.locator('article figure').first().boundingBox()
  if (!box) throw new Error('There is no chart to point at')
  await page.mouse.move(box.x + 60, box.y + box.height / 2)
  await browser.startTracing(page, {
    categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  })
  for (let i = 0; i < moves; i++) {
    await page.mouse.move(box.x + 60 + ((i * 7) % (box.width - 80)), box.y + 20 + ((i * 3) % (box.height - 60)))
    await page.waitForTimeout(60)
  }
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  return perMove(trace.traceEvents)
}

function perMove(events: TraceEvent[]): number[] {
  const moved = events.filter(event => event.name === 'EventDispatch' && event.args.data?.type === 'pointermove')
  const main = moved[0]
  if (!main) throw new Error('The trace holds no pointer move')
  const starts = moved.map(event => event.ts).sort((a, b) => a - b)
  const costs = new Array<number>(starts.length).fill(0)
  for (const { name, pid, tid, ts, dur = 0 } of events) {
    if (pid !== main.pid || tid !== main.tid || name !== 'RunTask') continue
    // A task that holds the move began before it.
    const at = starts.findLastIndex(start => start < ts + dur)
    if (at >= 0) costs[at] = (costs[at] ?? 0) + dur / 1000
  }
  return costs
}
