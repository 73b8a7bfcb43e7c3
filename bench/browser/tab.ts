import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { PageServer } from '../latency/server.ts'

/** What the page under measurement keeps of itself: when each canvas was last painted with lines, and its long tasks. */
declare global {
  interface Window {
    painted: WeakMap<HTMLCanvasElement, number>
    /** How many canvases were painted at all. */
    paintedCanvases: number
    longTasks: number[]
  }
}

export async function signIn(browser: Browser, server: PageServer): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(server.email)
  await page.getByLabel('Password').fill(server.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(url => !url.pathname.startsWith('/login'))
  await page.close()
  await context.addInitScript(() => {
    window.painted = new WeakMap()
    window.paintedCanvases = 0
    window.longTasks = []
    const { stroke } = CanvasRenderingContext2D.prototype
    CanvasRenderingContext2D.prototype.stroke = function (this: CanvasRenderingContext2D, ...path: [Path2D]) {
      stroke.apply(this, path)
      if (!window.painted.has(this.canvas)) window.paintedCanvases++
      window.painted.set(this.canvas, performance.now())
    } as typeof stroke
    new PerformanceObserver(list => {
      for (const entry of list.getEntries()) window.longTasks.push(entry.duration)
    }).observe({ type: 'longtask', buffered: true })
  })
  return context
}

/** Panels in view whose canvas is painted, and panels in view at all. */
export function countPanels(page: Page): Promise<{ painted: number; inView: number }> {
  return page.evaluate(() => {
    const inView = [...document.querySelectorAll('article')].filter(article => {
      const { top, bottom } = article.getBoundingClientRect()
      return bottom > 0 && top < innerHeight
    })
    const painted = inView.filter(article => {
      const canvas = article.querySelector('figure canvas')
      return canvas instanceof HTMLCanvasElement && window.painted.has(canvas)
    })
    return { painted: painted.length, inView: inView.length }
  })
}

/** Milliseconds from navigation to the frame after which every panel in view, and at least `least`, is painted. */
export function untilPainted(page: Page, least: number): Promise<number> {
  return page.evaluate(
    least =>
      new Promise<number>((resolve, reject) => {
        const end = performance.now() + 60_000
        const look = () => {
          // Looking makes the browser lay the page out: only when there can be something to see.
          if (window.paintedCanvases < least && performance.now() < end) return void requestAnimationFrame(look)
          const inView = [...document.querySelectorAll('article')].filter(article => {
            const { top, bottom } = article.getBoundingClientRect()
            return bottom > 0 && top < innerHeight
          })
          const at = inView.map(article => {
            const canvas = article.querySelector('figure canvas')
            return (canvas instanceof HTMLCanvasElement && window.painted.get(canvas)) || Number.POSITIVE_INFINITY
          })
          if (at.length >= least && at.every(Number.isFinite)) {
            const channel = new MessageChannel()
            channel.port1.onmessage = () => resolve(performance.now())
            channel.port2.postMessage(null)
          } else if (performance.now() > end) reject(new Error(`${at.length} panels in view were not painted in time`))
          else requestAnimationFrame(look)
        }
        look()
      }),
    least,
  )
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return Math.round(10 * (sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN)) / 10
}
