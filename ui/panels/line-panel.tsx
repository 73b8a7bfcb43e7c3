'use client'

import { Minimize2, Table2 } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { ChartTable } from '@/ui/charts/chart-table'
import type { ChartLine, XKind, XWindow } from '@/ui/charts/line'
import { LineChart } from '@/ui/charts/line-chart'
import { PanelFrame } from '@/ui/charts/panel-frame'
import { IconButton } from '@/ui/kit/button'
import { ErrorState } from '@/ui/kit/error-state'
import { Toggle } from '@/ui/kit/toggle'
import { useSeries } from '@/ui/live/use-series'
import { Figures } from './figures'
import { type Goal, goalOf } from './goal'
import { NewerNotice } from './newer-notice'
import type { PanelRun } from './panel-run'
import { PlotSkeleton } from './plot-skeleton'
import { linesOf } from './series-lines'
import { Truth } from './truth'
import { useInView } from './use-in-view'
import { usePlotWidth } from './use-plot-width'

export type LinePanelProps = {
  /** The key, whole. */
  metric: string
  /** The runs drawn, in the order of their list. */
  runs: readonly PanelRun[]
  /** How many runs there would be without a limit; says so when it is more. */
  of?: number
  x: XKind
  /** 0 draws the points as they are; up to 0.999. */
  smoothing?: number
  log?: boolean
  goal?: Goal
  telemetry?: boolean
  /** The run that is pointed at elsewhere. */
  focus?: string | null
  /** Zoomed together with other panels; without it the panel keeps its own window. */
  window?: XWindow | null
  onWindow?: (window: XWindow | null) => void
  /** One panel a row, values under the plot. */
  phone?: boolean
  className?: string
}

const xNames: Record<XKind, string> = { step: 'step', time: 'time', relative: 'since start' }

/** One key of several runs, live: fetches what its width can show, and again when zoomed. */
export function LinePanel(props: LinePanelProps) {
  const { metric, runs, of = runs.length, x, smoothing = 0, log = false, telemetry = false, phone = false } = props
  const host = useRef<HTMLDivElement>(null)
  const width = usePlotWidth(host)
  const inView = useInView(host)
  const [ownWindow, setOwnWindow] = useState<XWindow | null>(null)
  const [asTable, setAsTable] = useState(false)
  const window = props.onWindow ? (props.window ?? null) : ownWindow
  const onWindow = props.onWindow ?? setOwnWindow
  const goal = props.goal ?? goalOf(metric)

  const { series, read, failure, retry } = useSeries(
    {
      runs: runs.map(run => run.run),
      keys: [metric],
      x,
      window: window ? [...window] : null,
      width: width ?? 64,
    },
    inView && width !== null,
  )
  const lines = useMemo(() => linesOf(series, runs, { x, smoothing }), [series, runs, x, smoothing])
  const focus = lines.find(line => series.some(each => each.id === line.id && each.head.run === props.focus))

  return (
    <div ref={host} className={props.className}>
      <PanelFrame
        title={metric}
        grows={phone}
        figures={<Figures {...{ series, runs, goal, telemetry }} />}
        actions={
          <>
            {window ? (
              <IconButton size="small" label="Show everything" onClick={() => onWindow(null)}>
                <Minimize2 aria-hidden />
              </IconButton>
            ) : null}
            <Toggle label="Show as a table" pressed={asTable} onPressedChange={setAsTable} className="size-6">
              <Table2 aria-hidden />
            </Toggle>
          </>
        }
        truth={
          read ? (
            <Truth
              {...{ series, smoothing, log, of }}
              failed={failure !== null}
              onRetry={retry}
              shown={runs.length}
              live={runs.some(run => run.live)}
            />
          ) : null
        }
        xName={xNames[x]}
      >
        <Body
          {...{ metric, lines, read, retry, asTable, x, window, onWindow, log, goal, phone }}
          failure={failure}
          focus={focus?.id ?? null}
          notice={window ? <NewerNotice {...{ series, x, window }} onShow={() => onWindow(null)} /> : null}
        />
      </PanelFrame>
    </div>
  )
}

type BodyProps = {
  metric: string
  lines: readonly ChartLine[]
  read: boolean
  failure: { message: string; requestId?: string | undefined } | null
  retry: () => void
  asTable: boolean
  x: XKind
  window: XWindow | null
  onWindow: (window: XWindow | null) => void
  log: boolean
  goal: Goal
  phone: boolean
  focus: string | null
  notice: React.ReactNode
}

function Body({ metric, lines, read, failure, retry, asTable, x, phone, ...chart }: BodyProps) {
  if (failure && lines.length === 0) {
    return (
      <ErrorState title="This panel could not be read" requestId={failure.requestId} onRetry={retry}>
        {failure.message}
      </ErrorState>
    )
  }
  if (!read) return <PlotSkeleton />
  if (lines.length === 0) {
    return (
      <p className="t-small px-3 py-2 text-ink-3">No points of this key yet. They appear here as they are logged.</p>
    )
  }
  if (asTable) return <ChartTable title={metric} lines={lines} kind={x} />
  return <LineChart title={metric} lines={lines} kind={x} readout={phone ? 'under' : 'float'} {...chart} />
}
