import '@/app/globals.css'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { smoothEma } from '@/series/smooth'
import { type ChartLine, runColor, type Zoom } from '@/ui/charts/line'
import { LineChart, type LineChartProps } from '@/ui/charts/line-chart'
import { Figure, Framed, PanelFrame } from '@/ui/charts/panel-frame'

function lineOf(order: number, n: number, value: (i: number) => number, more: Partial<ChartLine> = {}): ChartLine {
  const xs = Float64Array.from({ length: n }, (_, i) => i * 10)
  return { id: `r${order}`, name: `run-${order}`, color: runColor(order), xs, ys: xs.map((_, i) => value(i)), ...more }
}

/** Noise that is the same on every run. */
const noise = (i: number) => ((Math.sin(i * 12.9898) * 43758.5453) % 1) * 0.08

function smoothed(line: ChartLine): ChartLine {
  return { ...line, raw: line.ys, ys: smoothEma(line.xs, line.ys, 0.9, 5000) }
}

const decay = (order: number) => (i: number) => 2.2 + order * 0.12 + Math.exp(-i / 80) + noise(i * order)

const charts: Record<string, LineChartProps> = {
  flat: { title: 'flat', kind: 'step', lines: [lineOf(1, 400, () => 1.5)] },
  smoothed: {
    title: 'train/loss',
    kind: 'step',
    lines: [1, 2, 3, 4].map(order => smoothed(lineOf(order, 500, decay(order), { live: order < 3 }))),
  },
  gaps: {
    title: 'val/loss',
    kind: 'step',
    lines: [lineOf(3, 40, i => (i === 25 ? Number.NaN : 3 - i / 40)), lineOf(5, 30, i => 2 + i / 60, { live: true })],
  },
  log: {
    title: 'optim/lr',
    kind: 'step',
    axes: { yScale: 'log' },
    lines: [lineOf(6, 300, i => 0.1 * Math.exp(-i / 30)), lineOf(7, 300, i => 1e-3 + i * 1e-6)],
  },
  coincident: { title: 'same', kind: 'step', lines: [lineOf(1, 300, i => i), lineOf(2, 300, i => i)] },
  hours: {
    title: 'system/cpu',
    kind: 'relative',
    sync: 'other',
    lines: [
      { ...lineOf(8, 600, i => 50 + 500 * noise(i)), xs: Float64Array.from({ length: 600 }, (_, i) => i * 20_000) },
    ],
  },
  dense: {
    title: 'dense',
    kind: 'step',
    lines: [{ ...lineOf(9, 4000, () => 0), raw: Float64Array.from({ length: 4000 }, (_, i) => noise(i)) }],
  },
  one: { title: 'one point', kind: 'step', lines: [lineOf(1, 1, () => 3)] },
  many: { title: 'a million', kind: 'step', lines: [lineOf(2, 1_000_000, i => noise(i) + (i === 654_321 ? 1 : 0))] },
  none: { title: 'none', kind: 'step', lines: [] },
}

function Panel({ name, props }: { name: string; props: LineChartProps }) {
  const [window, setWindow] = useState<Zoom | null>(null)
  return (
    <div data-chart={name} data-window={JSON.stringify(window)}>
      <PanelFrame
        title={props.title}
        figures={<Figure word="last" value="2.783" color={props.lines[0]?.color ?? ''} />}
        truth={
          <>
            <span>exact</span>
            <Framed>1,240 of 842,112</Framed>
            <span>EMA 0.90</span>
          </>
        }
        xName={props.kind}
      >
        <LineChart {...props} window={window} onWindow={setWindow} />
      </PanelFrame>
    </div>
  )
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <main className="grid grid-cols-3 gap-3 p-4">
      {Object.entries(charts).map(([name, props]) => (
        <Panel key={name} name={name} props={props} />
      ))}
    </main>,
  )
}
