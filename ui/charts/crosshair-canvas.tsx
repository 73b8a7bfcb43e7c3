'use client'

import { useEffect, useMemo, useRef } from 'react'
import type { Crosshair, Pointed } from './crosshair'
import type { ChartLine } from './line'
import { nearView } from './near-view'
import { type Plot, xToPixel } from './plot'
import { readAt } from './reading'
import { useInk } from './use-ink'

export type CrosshairCanvasProps = {
  lines: readonly ChartLine[]
  plot: Plot
  width: number
  height: number
  crosshair: Crosshair
  /** The chart it lies over. */
  owner: object
  /** The line that is pointed at elsewhere. */
  focus: string | null
}

/** Charts out of view are not drawn on. */
const watchNearView = nearView('160px')

type Drawn = CrosshairCanvasProps & { colors: readonly string[]; cross: string; surface: string }

/**
 * The upright line and a dot on every line. A move renders nothing, reads no layout and draws only charts in view: as
 * elements, a hundred dots over ten charts were 16 ms of style, layout and paint a move.
 */
export function CrosshairCanvas(props: CrosshairCanvasProps) {
  const { lines, width, height, crosshair } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const latest = useRef<Drawn | null>(null)
  const inView = useRef(false)
  const ink = useInk()
  const inks = useMemo(
    () =>
      ink && {
        colors: lines.map(line => ink.of(line.color)),
        cross: ink.of('var(--chart-cross)'),
        surface: ink.of('var(--surface)'),
      },
    [ink, lines],
  )

  useEffect(() => {
    latest.current = inks && { ...props, ...inks }
    if (inView.current && canvas.current && latest.current) show(canvas.current, latest.current, crosshair.get())
  })
  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const follow = () => inView.current && latest.current && show(element, latest.current, crosshair.get())
    const unwatch = watchNearView(element, near => {
      inView.current = near
      follow()
    })
    const leave = crosshair.subscribe(follow)
    return () => {
      unwatch()
      leave()
    }
  }, [crosshair])

  return (
    <canvas
      ref={canvas}
      aria-hidden
      data-crosshair
      className="pointer-events-none absolute inset-0"
      style={{ visibility: 'hidden', width, height }}
    />
  )
}

function show(canvas: HTMLCanvasElement, drawn: Drawn, pointed: Pointed) {
  const { low, high } = drawn.plot.x
  const visibility = pointed && pointed.x >= low && pointed.x <= high ? 'visible' : 'hidden'
  if (canvas.style.visibility !== visibility) canvas.style.visibility = visibility
  if (pointed && visibility === 'visible') draw(canvas, drawn, pointed)
}

function draw(canvas: HTMLCanvasElement, drawn: Drawn, { x, owner, near }: NonNullable<Pointed>) {
  const { plot, lines, colors, cross, surface } = drawn
  const pen = penFor(canvas, drawn)
  if (!pen) return
  const bottom = plot.top + plot.height
  pen.strokeStyle = cross
  pen.lineWidth = 1
  const px = Math.round(xToPixel(plot, x)) + 0.5
  pen.beginPath()
  pen.moveTo(px, plot.top)
  pen.lineTo(px, bottom)
  pen.stroke()
  pen.strokeStyle = surface
  pen.lineWidth = 1.5
  const heavy = owner === drawn.owner ? near : drawn.focus
  for (const [i, reading] of readAt(lines, plot, x).entries()) {
    if (!(reading.py >= plot.top - 1 && reading.py <= bottom + 1)) continue
    pen.fillStyle = colors[i] ?? cross
    pen.beginPath()
    pen.arc(reading.px, reading.py, reading.line.id === heavy ? 4 : 3, 0, 2 * Math.PI)
    pen.fill()
    pen.stroke()
  }
}

/** An empty canvas in CSS pixels. */
function penFor(canvas: HTMLCanvasElement, { width, height }: Drawn): CanvasRenderingContext2D | null {
  const pen = canvas.getContext('2d')
  const ratio = devicePixelRatio
  const size = [Math.round(width * ratio), Math.round(height * ratio)] as const
  if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size
  pen?.setTransform(ratio, 0, 0, ratio, 0, 0)
  pen?.clearRect(0, 0, width, height)
  return pen
}
