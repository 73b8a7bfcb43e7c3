import { flushSync } from 'react-dom'
import { isScrolling } from '@/ui/kit/scrolling'

/** Milliseconds of a frame for taking over what has come; the rest is for drawing it. */
const BUDGET = 6

const waiting = new Map<() => void, boolean>()
let asked = false

/**
 * Runs `show` in one of the next frames, as many as there is time for in each: one delta concerns every panel in view, and
 * rendering all at once was a task of 60 to 110 ms. While the page scrolls, only what is `first` to be seen is shown.
 */
export function paced(show: () => void, first: boolean): void {
  waiting.set(show, first || waiting.get(show) === true)
  askFrame()
}

export function forgetPaced(show: () => void): void {
  waiting.delete(show)
}

function askFrame() {
  if (asked) return
  asked = true
  // A tab in the background has no frames; what it shows waits, and only the newest state of each.
  requestAnimationFrame(showSome)
}

function showSome() {
  asked = false
  const scrolling = isScrolling()
  const began = performance.now()
  for (const [show, first] of waiting) {
    if (scrolling && !first) continue
    waiting.delete(show)
    flushSync(show)
    if (performance.now() - began > BUDGET) break
  }
  if (waiting.size > 0) askFrame()
}
