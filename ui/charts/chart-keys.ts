import type { KeyboardEvent } from 'react'
import { nearest, nearestAnywhere } from '@/series/align'
import type { Crosshair } from './crosshair'
import type { ChartLine, Zoom } from './line'
import { type Plot, xToPixel } from './plot'
import { readAt } from './reading'
import { panBy, zoomAbout } from './zooming'

export type ChartKeys = {
  plot: Plot
  lines: readonly ChartLine[]
  crosshair: Crosshair
  owner: object
  window: Zoom | null
  near: string | null
  /** Where the chart stands in the window. */
  place: { left: number; top: number }
  onWindow?: ((window: Zoom | null) => void) | undefined
  onPin: (x: number) => void
  onCopy: () => void
  /** Lets go of what is pointed at and pinned. */
  clear: () => void
}

/**
 * Left and right walk the points (ten with Shift), Home and End go to the first and the last, up and down from line to line;
 * + and − zoom, [ and ] move the window, 0 shows everything; Enter pins the values, C copies one, Escape lets go.
 */
export function pressKey(event: KeyboardEvent, keys: ChartKeys): void {
  if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return
  const act = acts.get(event.key)
  if (!act) return
  event.preventDefault()
  act(keys, event.shiftKey)
}

const acts = new Map<string, (keys: ChartKeys, shift: boolean) => void>([
  ['ArrowLeft', (keys, shift) => walk(keys, shift ? -10 : -1)],
  ['ArrowRight', (keys, shift) => walk(keys, shift ? 10 : 1)],
  ['Home', keys => walk(keys, Number.NEGATIVE_INFINITY)],
  ['End', keys => walk(keys, Number.POSITIVE_INFINITY)],
  ['ArrowUp', keys => changeLine(keys, -1)],
  ['ArrowDown', keys => changeLine(keys, 1)],
  ['+', keys => zoom(keys, 0.5)],
  ['=', keys => zoom(keys, 0.5)],
  ['-', keys => keys.window && zoom(keys, 2)],
  ['[', keys => keys.window && keys.onWindow?.(panBy(keys.plot, keys.window, -0.25))],
  [']', keys => keys.window && keys.onWindow?.(panBy(keys.plot, keys.window, 0.25))],
  ['0', keys => keys.onWindow?.(null)],
  ['Enter', keys => pin(keys)],
  ['c', keys => keys.onCopy()],
  ['Escape', keys => keys.clear()],
])

/** About the crosshair, or the middle. */
function zoom({ plot, window, crosshair, onWindow }: ChartKeys, factor: number) {
  const x = crosshair.get()?.x
  const about = x === undefined ? plot.left + plot.width / 2 : xToPixel(plot, x)
  onWindow?.(zoomAbout(plot, window, about, factor))
}

function pin({ crosshair, onPin }: ChartKeys) {
  const x = crosshair.get()?.x
  if (x !== undefined) onPin(x)
}

function walk({ lines, plot, crosshair, owner, near, place }: ChartKeys, stride: number) {
  const x = crosshair.get()?.x ?? null
  const longest = lines.reduce<ChartLine | null>(
    (best, line) => (line.xs.length > (best?.xs.length ?? 0) ? line : best),
    null,
  )
  const walked = lines.find(line => line.id === near) ?? longest
  if (!walked || walked.xs.length === 0) return
  const find = walked.back ? nearestAnywhere : nearest
  const at = find(walked.xs, x ?? plot.x.low) + (x === null && Number.isFinite(stride) ? 0 : stride)
  const found = walked.xs[Math.min(Math.max(at, 0), walked.xs.length - 1)] as number
  crosshair.set({ x: Math.min(Math.max(found, plot.x.low), plot.x.high), owner, near, place })
}

/** To the line above or below at the crosshair. */
function changeLine({ lines, plot, crosshair, owner, near, place }: ChartKeys, by: 1 | -1) {
  const x = crosshair.get()?.x ?? plot.x.high
  const order = readAt(lines, plot, x)
    .filter(reading => Number.isFinite(reading.py))
    .sort((a, b) => a.py - b.py)
  const at = order.findIndex(reading => reading.line.id === near)
  const next = order[at < 0 ? 0 : Math.min(Math.max(at + by, 0), order.length - 1)]
  if (next) crosshair.set({ x, owner, near: next.line.id, place })
}
