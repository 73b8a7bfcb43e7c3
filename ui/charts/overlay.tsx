'use client'

import { memo } from 'react'
import type { ChartLine } from './line'
import { endMarks, gapMarks } from './marks'
import { type Plot, yToPixel } from './plot'

export type OverlayProps = {
  lines: readonly ChartLine[]
  plot: Plot
  width: number
  height: number
}

const crisp = (value: number) => Math.round(value) + 0.5

/** What lies over the canvas: minor marks, crosses where values are not finite, and live ends. */
export const Overlay = memo(function Overlay({ lines, plot, width, height }: OverlayProps) {
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
    </svg>
  )
})

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
