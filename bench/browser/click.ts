import type { Page } from '@playwright/test'

declare global {
  interface Window {
    allDrawn: Promise<number>
  }
}

/** Milliseconds from the click on the eye of the last hidden run to the frame after which all `lines` are painted. */
export async function clickLastEye(page: Page, eye: string, lines: number): Promise<number> {
  const button = page.getByRole('button', { name: `Show ${eye} on the board` })
  await button.scrollIntoViewIfNeeded()
  await page.evaluate(watchLines, lines)
  await button.click()
  const wait = await page.evaluate(() => window.allDrawn)
  // Back as it was, for the next.
  await button.click()
  await page.waitForTimeout(800)
  return wait
}

function watchLines(lines: number): void {
  window.allDrawn = new Promise((resolve, reject) => {
    const wanted = `, ${lines} lines:`
    const watch = ({ timeStamp }: PointerEvent) => {
      let named = 0
      const look = () => {
        const now = performance.now()
        const figure = document.querySelector('article figure')
        const canvas = figure?.querySelector('canvas')
        if (!named && figure?.getAttribute('aria-label')?.includes(wanted)) named = now
        // The label is there with the render of all lines; the picture of them is painted after it.
        if (named && canvas && (window.painted.get(canvas) ?? 0) > timeStamp && window.painted.get(canvas) !== before) {
          const channel = new MessageChannel()
          channel.port1.onmessage = () => resolve(performance.now() - timeStamp)
          channel.port2.postMessage(null)
        } else if (now - timeStamp > 20_000) reject(new Error('The lines were not painted in time'))
        else requestAnimationFrame(look)
      }
      const canvas = document.querySelector('article figure canvas')
      const before = canvas instanceof HTMLCanvasElement ? window.painted.get(canvas) : undefined
      requestAnimationFrame(look)
    }
    addEventListener('pointerdown', watch, { once: true, capture: true })
  })
}
