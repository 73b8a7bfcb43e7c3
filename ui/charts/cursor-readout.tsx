'use client'

import { useMemo, useSyncExternalStore } from 'react'
import type { Crosshair } from './crosshair'
import type { ChartLine, XKind } from './line'
import { type Plot, xToPixel } from './plot'
import { inOrder, readAt } from './reading'
import { Readout } from './readout'
import { TooltipBox } from './tooltip-box'

export type CursorReadoutProps = {
  place: 'float' | 'under'
  owner: object
  kind: XKind
  plot: Plot
  lines: readonly ChartLine[]
  crosshair: Crosshair
  /** The line that is pointed at elsewhere. */
  focus: string | null
  goal: 'minimize' | 'maximize'
}

/** The values at the crosshair: a box beside the cursor in the chart that is pointed at, or a list under every plot. */
export function CursorReadout(props: CursorReadoutProps) {
  const { place, owner, kind, plot, lines, crosshair, focus, goal } = props
  const mine = () => {
    const pointed = crosshair.get()
    return place === 'under' || pointed?.owner === owner ? pointed : null
  }
  const pointed = useSyncExternalStore(crosshair.subscribe, mine, () => null)
  const x = pointed?.x ?? (place === 'under' ? lastX(lines) : null)
  const near = (pointed?.owner === owner ? pointed.near : null) ?? focus
  const readings = useMemo(
    () => (x === null ? [] : inOrder(readAt(lines, plot, x), near, goal)),
    [lines, plot, x, near, goal],
  )
  if (x === null || readings.length === 0) return null
  const said = { kind, x, readings, near, span: plot.y.scale.kind === 'linear' ? plot.y.high - plot.y.low : 0 }
  if (place === 'under') return <Readout {...said} className="mt-1 border-line border-t py-1" />
  if (!pointed) return null
  const { left, top } = pointed.place
  return <TooltipBox {...said} cursor={left + xToPixel(plot, x)} top={top + plot.top - 4} />
}

function lastX(lines: readonly ChartLine[]): number | null {
  const last = Math.max(...lines.map(line => line.xs.at(-1) ?? Number.NEGATIVE_INFINITY))
  return Number.isFinite(last) ? last : null
}
