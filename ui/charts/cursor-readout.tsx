'use client'

import { type RefObject, useMemo, useSyncExternalStore } from 'react'
import type { Crosshair } from './crosshair'
import type { ChartLine, XKind } from './line'
import { type Plot, xToPixel } from './plot'
import { inOrder, readAt } from './reading'
import { Readout } from './readout'
import { TooltipBox } from './tooltip-box'

export type CursorReadoutProps = {
  place: 'float' | 'under'
  host: RefObject<HTMLElement | null>
  owner: object
  kind: XKind
  plot: Plot
  lines: readonly ChartLine[]
  crosshair: Crosshair
  near: string | null
  goal: 'minimize' | 'maximize'
}

/** The values at the crosshair: a box beside the cursor in the chart that is pointed at, or a list under every plot. */
export function CursorReadout(props: CursorReadoutProps) {
  const { place, host, owner, kind, plot, lines, crosshair, near, goal } = props
  const mine = () => {
    const pointed = crosshair.get()
    return pointed && (place === 'under' || pointed.owner === owner) ? pointed.x : null
  }
  const pointed = useSyncExternalStore(crosshair.subscribe, mine, () => null)
  const x = pointed ?? (place === 'under' ? lastX(lines) : null)
  const readings = useMemo(
    () => (x === null ? [] : inOrder(readAt(lines, plot, x), near, goal)),
    [lines, plot, x, near, goal],
  )
  if (x === null || readings.length === 0) return null
  const said = { kind, x, readings, near, span: plot.y.scale.kind === 'linear' ? plot.y.high - plot.y.low : 0 }
  if (place === 'under') return <Readout {...said} className="mt-1 border-line border-t py-1" />
  const box = host.current?.getBoundingClientRect()
  if (!box) return null
  return <TooltipBox {...said} cursor={box.left + xToPixel(plot, x)} top={box.top + plot.top - 4} />
}

function lastX(lines: readonly ChartLine[]): number | null {
  const last = Math.max(...lines.map(line => line.xs.at(-1) ?? Number.NEGATIVE_INFINITY))
  return Number.isFinite(last) ? last : null
}
