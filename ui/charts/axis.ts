import { atOrAfter, atOrBefore } from '@/series/align'
import { extentOf, joinExtents } from '@/series/stats'
import { decadeExtent, linearTicks, logMinorTicks, logTicks, roundExtent, roundStep } from '@/series/ticks'
import { clockTicks, durationTicks, timeStep } from '@/series/time-ticks'
import { formatDurationTick } from '@/ui/format/duration'
import { formatClockTick } from '@/ui/format/moment'
import { formatDecade, formatNumber, formatTick } from '@/ui/format/number'
import type { ChartLine, XKind, XWindow } from './line'

export type Tick = { readonly at: number; readonly label: string }

/** An axis in its own units; a log axis holds positive numbers. */
export type Axis = {
  readonly low: number
  readonly high: number
  readonly log: boolean
  readonly ticks: readonly Tick[]
  readonly minor: readonly number[]
}

/** Where x runs when nobody zoomed: all lines, widened to round numbers so that it grows in steps. */
export function fullWindow(lines: readonly ChartLine[], kind: XKind): XWindow {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const { xs } of lines) {
    if (xs.length === 0) continue
    low = Math.min(low, xs[0] as number)
    high = Math.max(high, xs[xs.length - 1] as number)
  }
  if (low > high) return [0, 1]
  if (low === high) return [low, low + (kind === 'step' ? 1 : 1000)]
  const step = kind === 'step' ? roundStep(high - low, 20) : timeStep(high - low, 20)
  return [Math.floor(low / step) * step, Math.ceil(high / step - 1e-9) * step]
}

export function xAxis(kind: XKind, [low, high]: XWindow, width: number): Axis {
  const want = Math.max(2, Math.floor(width / 64))
  return { low, high, log: false, minor: [], ticks: xTicks(kind, low, high, want) }
}

function xTicks(kind: XKind, low: number, high: number, want: number): Tick[] {
  if (kind === 'step') {
    const step = Math.max(roundStep(high - low, want), 1)
    return linearTicks(low, high, want)
      .filter(at => Number.isInteger(at))
      .map(at => ({ at, label: formatTick(at, step) }))
  }
  const step = timeStep(high - low, want)
  if (kind === 'relative') {
    return durationTicks(low, high, want).map(at => ({ at, label: formatDurationTick(at, step) }))
  }
  const offset = -new Date(low).getTimezoneOffset() * 60_000
  return clockTicks(low, high, want, offset).map(at => ({ at, label: formatClockTick(at, step) }))
}

/** y around what the window shows of all lines, the unsmoothed values included. */
export function yAxis(lines: readonly ChartLine[], [from, to]: XWindow, log: boolean, height: number): Axis {
  let extent = null
  for (const line of lines) {
    const first = atOrAfter(line.xs, from)
    const end = atOrBefore(line.xs, to) + 1
    if (end <= first) continue
    extent = joinExtents(extent, extentOf(line.ys.subarray(first, end), log))
    if (line.raw) extent = joinExtents(extent, extentOf(line.raw.subarray(first, end), log))
  }
  if (log) return logAxis(extent ?? { low: 0.1, high: 1 }, height)
  const want = Math.max(2, Math.round(height / 34))
  const { low, high } = roundExtent(extent?.low ?? 0, extent?.high ?? 1, want)
  const step = roundStep(high - low, want)
  return {
    low,
    high,
    log,
    minor: [],
    ticks: linearTicks(low, high, want).map(at => ({ at, label: formatTick(at, step) })),
  }
}

function logAxis(extent: { low: number; high: number }, height: number): Axis {
  const most = Math.max(2, Math.floor(height / 22))
  const near = nearExtent(extent.low, extent.high)
  if (near) {
    const within = [near.low, ...logMinorTicks(near.low, near.high), near.high]
    const ticks = [...new Set(within)].map(at => ({ at, label: formatNumber(at) }))
    return { ...near, log: true, ticks, minor: [] }
  }
  const { low, high } = decadeExtent(extent.low, extent.high)
  const ticks = logTicks(low, high, most).map(at => ({ at, label: formatDecade(at) }))
  return { low, high, log: true, ticks, minor: logMinorTicks(low, high, most) }
}

/** 1, 2 or 5 times a power of ten around values within less than a decade; null where decades serve better. */
function nearExtent(low: number, high: number): { low: number; high: number } | null {
  const round = [1, 2, 5, 10, 20, 50].map(n => Number((n * 10 ** Math.floor(Math.log10(low))).toPrecision(3)))
  const below = round.findLast(at => at <= low)
  const above = round.find(at => at >= high && at > low)
  return below && above && above / below < 10 ? { low: below, high: above } : null
}
