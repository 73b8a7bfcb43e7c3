import type { Ink } from './line-option'

/** Looks the tokens up as they stand on the page now. */
export function readInk(): Ink {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    grid: token('--chart-grid'),
    axis: token('--chart-axis'),
    tick: token('--chart-tick'),
    font: token('--font'),
    of: color => {
      const name = /^var\((--[\w-]+)\)$/.exec(color)?.[1]
      return name ? token(name) : color
    },
  }
}
