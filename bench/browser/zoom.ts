import type { Page } from '@playwright/test'

/** Milliseconds from the end of a drag over the first chart to its first repaint, and to its last (the exact one). */
export async function zoomOnce(page: Page): Promise<Repaints> {
  const figure = page.locator('article figure').first()
  const box = await figure.boundingBox()
  if (!box) throw new Error('There is no chart to zoom')
  const { width } = box
  const x = (share: number) => box.x + 50 + share * (width - 70)
  const from = 0.1 + 0.3 * Math.random()
  const y = box.y + box.height / 2
  await page.mouse.move(x(from), y)
  await page.mouse.down()
  await page.mouse.move(x(from + 0.2), y)
  await page.mouse.move(x(from + 0.4), y)
  await page.waitForTimeout(100)
  await page.evaluate(watchRepaints)
  await page.mouse.up()
  const waits = await page.evaluate(() => window.repaints)
  await page.mouse.dblclick(x(0.5), y)
  await page.waitForTimeout(800)
  return waits
}

type Repaints = { repaint: number; exact: number }

declare global {
  interface Window {
    repaints: Promise<Repaints>
  }
}

function watchRepaints(): void {
  const canvas = document.querySelector('article figure canvas')
  if (!(canvas instanceof HTMLCanvasElement)) throw new Error('There is no canvas')
  window.repaints = new Promise(resolve => {
    addEventListener(
      'pointerup',
      event => {
        const before = window.painted.get(canvas) ?? 0
        let last = before
        const paints: number[] = []
        const look = () => {
          const now = performance.now()
          const painted = window.painted.get(canvas) ?? 0
          if (painted !== last) paints.push(now - event.timeStamp)
          last = painted
          if (now - event.timeStamp < 800) requestAnimationFrame(look)
          else resolve({ repaint: paints[0] ?? Number.NaN, exact: paints.at(-1) ?? Number.NaN })
        }
        requestAnimationFrame(look)
      },
      { once: true, capture: true },
    )
  })
}
