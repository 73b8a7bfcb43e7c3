import type { Page } from '@playwright/test'

/** Where a point will be drawn: the plot's axes are known, because a finished run holds their ends. */
export interface Target {
  panel: string
  /** Share of the plot's width from the left, and of its height from below. */
  across: number
  up: number
  /** The token of the line's colour. */
  color: string
}

/**
 * Looks at the canvas itself once a frame. Resolves with the time (ms since 1970) of the first frame in which the pixel at
 * the target has the line's colour; null where it had it before, so that nothing could be seen.
 */
export function watchPixel(page: Page, target: Target): Promise<number | null> {
  return page.evaluate(
    ({ panel, across, up, color }) =>
      new Promise<number | null>((resolve, reject) => {
        const figure = document.querySelector(`article[aria-label="${panel}"] figure`)
        const canvas = figure?.querySelector('canvas')
        const left = Number(figure?.querySelector('svg')?.dataset.left)
        const pen = canvas?.getContext('2d')
        if (!canvas || !pen) return reject(new Error('There is no canvas to look at'))
        const ratio = canvas.width / canvas.clientWidth
        const x = Math.floor((left + across * (canvas.clientWidth - left - 12)) * ratio)
        const y = Math.floor((6 + (1 - up) * (canvas.clientHeight - 26)) * ratio)
        const token = getComputedStyle(document.documentElement).getPropertyValue(color).trim()
        const wanted = [1, 3, 5].map(at => Number.parseInt(token.slice(at, at + 2), 16))
        const painted = () => {
          const [r = 0, g = 0, b = 0, alpha = 0] = pen.getImageData(x, y, 1, 1).data
          return alpha > 128 && wanted.every((part, i) => Math.abs(part - ([r, g, b][i] ?? 0)) < 48)
        }
        if (painted()) return resolve(null)
        const end = performance.now() + 10_000
        const look = () => {
          if (painted()) resolve(Date.now())
          else if (performance.now() > end) reject(new Error('The point was not painted within 10 s'))
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }),
    target,
  )
}
