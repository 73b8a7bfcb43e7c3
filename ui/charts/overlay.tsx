'use client'

import { useEffect, useRef } from 'react'
import type { Crosshair } from './crosshair'
import type { ChartLine } from './line'
import { endMarks, gapMarks } from './marks'
import { type Plot, xToPixel, yToPixel } from './plot'
import { readAt } from './reading'

export type OverlayProps = {
  lines: readonly ChartLine[]
  plot: Plot
  width: number
  height: number
  crosshair: Crosshair
  near: string | null
}

const crisp = (value: number) => Math.round(value) + 0.5

/** What lies over the canvas: minor marks, crosses where values are not finite, live ends, and the crosshair. */
export function Overlay({ lines, plot, width, height, crosshair, near }: OverlayProps) {
  const group = useRef<SVGGElement>(null)

  useEffect(() => {
    const follow = () => group.current && placeCrosshair(group.current, lines, plot, crosshair.get()?.x ?? null)
    follow()
    return crosshair.subscribe(follow)
  }, [lines, plot, crosshair])

  return (
    <svg
      aria-hidden
      data-left={plot.left}
      width={width}
      height={height}
      className="pointer-events-none absolute inset-0 overflow-visible"
    >
      <MinorTicks plot={plot} />
      <Gaps lines={lines} plot={plot} />
      {endMarks(lines, plot).map(end => (
        <g key={end.id} data-live-end={end.id} fill={end.color}>
          <circle cx={end.px} cy={end.py} r="5" fillOpacity=".2" />
          <circle cx={end.px} cy={end.py} r="2.2" />
        </g>
      ))}
      <g ref={group} data-crosshair visibility="hidden">
        <line y1={plot.top} y2={plot.top + plot.height} stroke="var(--chart-cross)" shapeRendering="crispEdges" />
        {lines.map(line => (
          <circle
            key={line.id}
            r={near === line.id ? 4 : 3}
            fill={line.color}
            stroke="var(--surface)"
            strokeWidth="1.5"
          />
        ))}
      </g>
    </svg>
  )
}

/** Writes to the elements themselves: a move over twelve panels of ten lines renders nothing. */
function placeCrosshair(group: SVGGElement, lines: readonly ChartLine[], plot: Plot, x: number | null) {
  if (x === null || x < plot.x.low || x > plot.x.high) {
    group.setAttribute('visibility', 'hidden')
    return
  }
  group.setAttribute('visibility', 'visible')
  const [upright, ...dots] = group.children
  const px = String(crisp(xToPixel(plot, x)))
  upright?.setAttribute('x1', px)
  upright?.setAttribute('x2', px)
  for (const [i, reading] of readAt(lines, plot, x).entries()) {
    const dot = dots[i]
    const shown = reading.py >= plot.top - 1 && reading.py <= plot.top + plot.height + 1
    dot?.setAttribute('visibility', shown ? 'inherit' : 'hidden')
    if (!shown) continue
    dot?.setAttribute('cx', reading.px.toFixed(1))
    dot?.setAttribute('cy', reading.py.toFixed(1))
  }
}

function MinorTicks({ plot }: { plot: Plot }) {
  if (plot.y.minor.length === 0) return null
  const path = plot.y.minor.map(at => `M${plot.left - 3} ${crisp(yToPixel(plot, at))}h3`).join('')
  return <path d={path} stroke="var(--chart-axis)" strokeOpacity=".7" shapeRendering="crispEdges" />
}

function Gaps({ lines, plot }: { lines: readonly ChartLine[]; plot: Plot }) {
  const marks = gapMarks(lines, plot)
  return marks.map(mark => (
    <g key={mark.id} stroke={mark.color} fill="none">
      <line
        x1={crisp(mark.px)}
        x2={crisp(mark.px)}
        y1={plot.top + 13}
        y2={plot.top + plot.height}
        strokeDasharray="1 3"
        shapeRendering="crispEdges"
      />
      <path d={`M${mark.px - 3} ${plot.top + 4}l7 7m0-7l-7 7`} strokeWidth="1.6" strokeLinecap="round" />
      {marks.length <= 4 && plot.width > 320 ? (
        <text
          x={mark.px + 8}
          y={plot.top + 11}
          stroke="var(--surface)"
          strokeWidth="3"
          paintOrder="stroke"
          fill="var(--text-2)"
          style={{ font: 'var(--t-tick)' }}
        >
          {mark.word}
        </text>
      ) : null}
    </g>
  ))
}
