import { extentOf } from '@/series/stats'
import { symlogConstant, symlogTicks } from '@/series/symlog'
import { decadeExtent, linearTicks, logMinorTicks, logTicks, roundExtent, roundStep } from '@/series/ticks'
import { clockTicks, durationTicks, timeStep } from '@/series/time-ticks'
import { formatDurationTick } from '@/ui/format/duration'
import { formatClockTick } from '@/ui/format/moment'
import { formatDecade, formatNumber, formatTick } from '@/ui/format/number'
import type { ChartLine, XKind, XWindow } from './line'
import { linear, type Scale, type ScaleKind } from './scale'
import { type Shown, shownExtent, smallestSize } from './shown'

export type Tick = { readonly at: number; readonly label: string }

/** An axis in its own units; on a log scale both ends are positive. */
export type Axis = {
  readonly low: number
  readonly high: number
  readonly scale: Scale
  readonly ticks: readonly Tick[]
  readonly minor: readonly number[]
}

/** Where x runs when nobody zoomed: all lines, widened to round numbers so that it grows in steps. */
export function fullWindow(lines: readonly ChartLine[], kind: XKind, scale: ScaleKind = 'linear'): XWindow {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const { xs, back } of lines) {
    const extent = back || scale === 'log' ? extentOf(xs, scale === 'log') : null
    const first = extent?.low ?? xs[0]
    const last = extent?.high ?? xs.at(-1)
    if (first === undefined || last === undefined || (scale === 'log' && !extent)) continue
    low = Math.min(low, first)
    high = Math.max(high, last)
  }
  if (low > high) return scale === 'log' ? [1, 10] : [0, 1]
  if (scale === 'log') return low === high ? [low / 2, low * 2] : [low, high]
  if (kind === 'value') {
    const extent = roundExtent(low, high, 10)
    return [extent.low, extent.high]
  }
  if (low === high) return [low, low + (kind === 'step' ? 1 : 1000)]
  const step = kind === 'step' ? roundStep(high - low, 20) : timeStep(high - low, 20)
  return [Math.floor(low / step) * step, Math.ceil(high / step - 1e-9) * step]
}

export function xAxis(kind: XKind, [from, to]: XWindow, width: number, scale: ScaleKind = 'linear'): Axis {
  const want = Math.max(2, Math.floor(width / 64))
  if (scale === 'log' && to > 0) {
    const low = from > 0 ? from : Math.min(1, to / 10)
    return { low, high: to, scale: { kind: 'log' }, ...logMarks(kind, low, to, want) }
  }
  const axis = { low: from, high: to, minor: [] }
  if (scale !== 'symlog') return { ...axis, scale: linear, ticks: xTicks(kind, from, to, want) }
  const c = symlogConstant(kind === 'value' ? 0 : 1, Math.max(Math.abs(from), Math.abs(to)))
  const ticks = symlogTicks(from, to, c, want).map(at => ({ at, label: xLabel(kind, at) }))
  return { ...axis, scale: { kind: 'symlog', c }, ticks }
}

function xTicks(kind: XKind, low: number, high: number, want: number): Tick[] {
  if (kind === 'step' || kind === 'value') {
    const step = Math.max(roundStep(high - low, want), kind === 'step' ? 1 : 0)
    return linearTicks(low, high, want)
      .filter(at => kind === 'value' || Number.isInteger(at))
      .map(at => ({ at, label: formatTick(at, step) }))
  }
  const step = timeStep(high - low, want)
  if (kind === 'relative') {
    return durationTicks(low, high, want).map(at => ({ at, label: formatDurationTick(at, step) }))
  }
  const offset = -new Date(low).getTimezoneOffset() * 60_000
  return clockTicks(low, high, want, offset).map(at => ({ at, label: formatClockTick(at, step) }))
}

/** Of decades of x: hours and minutes are not made of tens, so times say themselves. */
const xLabel = (kind: XKind, at: number) =>
  kind === 'relative' ? formatDurationTick(at, Math.max(at, 1)) : formatNumber(at, 3)

function logMarks(kind: XKind, low: number, high: number, want: number) {
  const near = high / low < 10 ? [...new Set([low, ...logMinorTicks(low, high), high])] : null
  const ticks = (near ?? logTicks(low, high, want)).map(at => ({ at, label: xLabel(kind, at) }))
  return { ticks, minor: near ? [] : logMinorTicks(low, high, want) }
}

export type YView = {
  readonly window: XWindow
  readonly scale: ScaleKind
  readonly range: readonly [low: number | null, high: number | null]
  readonly trim: boolean
}

/** y around what the window shows of all lines, the unsmoothed values included; an end that is held stays as it is. */
export function yAxis(lines: readonly ChartLine[], view: YView, height: number): Axis {
  const { scale, range } = view
  const shown: Shown = { lines, window: view.window, log: scale === 'log', trim: view.trim }
  const extent = shownExtent(shown)
  if (scale === 'log') return held(logAxis(extent ?? { low: 0.1, high: 1 }, height), range, height)
  if (scale === 'symlog') {
    const { low, high } = extent ?? { low: -1, high: 1 }
    const c = symlogConstant(smallestSize(shown), Math.max(Math.abs(low), Math.abs(high)))
    return held({ low, high, scale: { kind: 'symlog', c }, ticks: [], minor: [] }, range, height)
  }
  const want = Math.max(2, Math.round(height / 34))
  const round = roundExtent(extent?.low ?? 0, extent?.high ?? 1, want)
  return held({ ...round, scale: linear, ticks: [], minor: [] }, range, height)
}

/** The axis with the ends that are held, and its ticks. */
function held(axis: Axis, [lowHeld, highHeld]: YView['range'], height: number): Axis {
  const isLog = axis.scale.kind === 'log'
  const low = lowHeld !== null && (!isLog || lowHeld > 0) ? lowHeld : axis.low
  const wanted = highHeld ?? axis.high
  const high = wanted > low ? wanted : low + (Math.abs(low) || 1)
  const most = Math.max(2, Math.floor(height / 22))
  if (axis.scale.kind === 'symlog') {
    const ticks = symlogTicks(low, high, axis.scale.c, most).map(at => ({ at, label: formatNumber(at) }))
    return { ...axis, low, high, ticks }
  }
  if (isLog) {
    if (low === axis.low && high === axis.high) return axis
    const ticks = (high / low < 10 ? [low, ...logMinorTicks(low, high), high] : logTicks(low, high, most)).map(at => ({
      at,
      label: formatNumber(at, 3),
    }))
    return { ...axis, low, high, ticks, minor: high / low < 10 ? [] : logMinorTicks(low, high, most) }
  }
  const want = Math.max(2, Math.round(height / 34))
  const step = roundStep(high - low, want)
  return { ...axis, low, high, ticks: linearTicks(low, high, want).map(at => ({ at, label: formatTick(at, step) })) }
}

function logAxis(extent: { low: number; high: number }, height: number): Axis {
  const scale: Scale = { kind: 'log' }
  const most = Math.max(2, Math.floor(height / 22))
  const near = nearExtent(extent.low, extent.high)
  if (near) {
    const within = [near.low, ...logMinorTicks(near.low, near.high), near.high]
    const ticks = [...new Set(within)].map(at => ({ at, label: formatNumber(at) }))
    return { ...near, scale, ticks, minor: [] }
  }
  const { low, high } = decadeExtent(extent.low, extent.high)
  const ticks = logTicks(low, high, most).map(at => ({ at, label: formatDecade(at) }))
  return { low, high, scale, ticks, minor: logMinorTicks(low, high, most) }
}

/** 1, 2 or 5 times a power of ten around values within less than a decade; null where decades serve better. */
function nearExtent(low: number, high: number): { low: number; high: number } | null {
  const round = [1, 2, 5, 10, 20, 50].map(n => Number((n * 10 ** Math.floor(Math.log10(low))).toPrecision(3)))
  const below = round.findLast(at => at <= low)
  const above = round.find(at => at >= high && at > low)
  return below && above && above / below < 10 ? { low: below, high: above } : null
}
