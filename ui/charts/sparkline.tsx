import { m4 } from '@/series/m4'
import { extentOf } from '@/series/stats'

export type SparklineProps = {
  xs: Float64Array
  ys: Float64Array
  color: string
  width?: number
  height?: number
}

/** A line the size of a word: its shape, no scale. Decoration beside the number that it belongs to. */
export function Sparkline({ xs, ys, color, width = 52, height = 16 }: SparklineProps) {
  return (
    <svg aria-hidden width={width} height={height} className="shrink-0 overflow-visible">
      <path d={pathOf(xs, ys, width, height)} fill="none" stroke={color} strokeWidth="1.25" strokeLinejoin="round" />
    </svg>
  )
}

function pathOf(xs: Float64Array, ys: Float64Array, width: number, height: number): string {
  const extent = extentOf(ys)
  const from = xs[0]
  const to = xs.at(-1)
  if (!extent || from === undefined || to === undefined || from === to) return ''
  const span = extent.high - extent.low || 1
  let path = ''
  let pen = 'M'
  for (const at of m4(xs, ys, { from, to, count: width })) {
    const y = ys[at] as number
    if (!Number.isFinite(y)) {
      pen = 'M'
      continue
    }
    const px = 1 + (((xs[at] as number) - from) / (to - from)) * (width - 2)
    const py = height - 2 - ((y - extent.low) / span) * (height - 4)
    path += `${pen}${px.toFixed(1)} ${py.toFixed(1)}`
    pen = 'L'
  }
  return path
}
