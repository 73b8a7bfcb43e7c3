import type { Page } from '@playwright/test'

/** Where a point will be drawn: the plot's axes are known, because a finished run holds their ends. */
export interface Target {
  /** Share of the plot's width from the left, and of its height from below. */
  across: number
  up: number
}

/**
 * Looks at a panel's canvas itself once a frame, at the first target that is still to come. Resolves with the
 * time (ms since 1970) of the first frame in which the pixel at each target, or one beside it (a line's end covers parts of
 * four), has the line's colour.
 */
export function watchPixels(page: Page, panel: string, targets: Target[]): Promise<number[]> {
  return page.evaluate(
    ({ panel, targets }) =>
      new Promise<number[]>((resolve, reject) => {
        const figure = document.querySelector(`article[aria-label="${panel}"] figure`)
        const canvas = figure?.querySelector('canvas')
        const left = Number(figure?.querySelector('svg')?.dataset.left)
        const pen = canvas?.getContext('2d')
        if (!canvas || !pen) return reject(new Error('There is no canvas to look at'))
        const ratio = canvas.width / canvas.clientWidth
        // The live line says its colour at its end, as a token.
        const color = figure?.querySelector('[data-live-end]')?.getAttribute('fill')?.slice(4, -1) ?? ''
        const token = getComputedStyle(document.documentElement).getPropertyValue(color).trim()
        const wanted = [1, 3, 5].map(at => Number.parseInt(token.slice(at, at + 2), 16))
        const painted = ({ across, up }: Target) => {
          const x = Math.floor((left + across * (canvas.clientWidth - left - 12)) * ratio)
          const y = Math.floor((6 + (1 - up) * (canvas.clientHeight - 26)) * ratio)
          const { data } = pen.getImageData(x - 1, y - 1, 3, 3)
          for (let at = 0; at < data.length; at += 4) {
            const near = wanted.every((part, i) => Math.abs(part - (data[at + i] ?? 0)) < 48)
            if (near && (data[at + 3] ?? 0) > 128) return true
          }
          return false
        }
        if (targets.some(painted)) return reject(new Error('A point was painted before it was logged'))
        const seen: number[] = []
        let end = performance.now() + 10_000
        const look = () => {
          // One frame may show several points that came together.
          for (let next = targets[seen.length]; next && painted(next); next = targets[seen.length]) {
            seen.push(Date.now())
            end = performance.now() + 10_000
          }
          if (seen.length === targets.length) resolve(seen)
          else if (performance.now() > end) reject(new Error(`Point ${seen.length} was not painted within 10 s`))
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }),
    { panel, targets },
  )
}
