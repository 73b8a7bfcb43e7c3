'use client'

import { Minimize2, Table2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { ChartTable } from '@/ui/charts/chart-table'
import type { ChartLine, XKind, Zoom } from '@/ui/charts/line'
import { LineChart, type LineChartProps } from '@/ui/charts/line-chart'
import { PanelFrame } from '@/ui/charts/panel-frame'
import { IconButton } from '@/ui/kit/button'
import { ErrorState } from '@/ui/kit/error-state'
import { Toggle } from '@/ui/kit/toggle'
import { Figures } from './figures'
import { type Goal, goalOf } from './goal'
import { type Drawing, plainDrawing } from './line/drawing'
import { PanelSettings, type PanelSettingsActions } from './line/panel-settings'
import { usePanelLines } from './line/use-panel-lines'
import { NewerNotice } from './newer-notice'
import type { PanelRun } from './panel-run'
import { PlotSkeleton } from './plot-skeleton'
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
  drawing?: Drawing
  /** Without it the panel has no settings of its own. */
  settings?: PanelSettingsActions
  goal?: Goal
  telemetry?: boolean
  /** The run that is pointed at elsewhere. */
  focus?: string | null
  /** Zoomed together with other panels; without it the panel keeps its own window. */
  window?: Zoom | null
  onWindow?: (window: Zoom | null) => void
  /** One panel a row, values under the plot. */
  phone?: boolean
  className?: string
}

const xNames: Record<Exclude<XKind, 'value'>, string> = { step: 'step', time: 'time', relative: 'since start' }

/** One key of several runs, live: fetches what its width can show, and again when zoomed. */
export function LinePanel(props: LinePanelProps) {
  const { metric, runs, of = runs.length, settings, telemetry = false, phone = false } = props
  const host = useRef<HTMLDivElement>(null)
  const width = usePlotWidth(host)
  const active = useInView(host)
  const [ownWindow, setOwnWindow] = useState<Zoom | null>(null)
  const [asTable, setAsTable] = useState(false)
  const window = props.onWindow ? (props.window ?? null) : ownWindow
  const onWindow = props.onWindow ?? setOwnWindow
  const goal = props.goal ?? goalOf(metric)
  const asked = props.drawing ?? plainDrawing
  const { drawing, series, read, failure, retry, lines, axes, look, based } = usePanelLines({
    ...{ metric, runs, drawing: asked, window, width, active },
  })
  const { x } = drawing
  const focus = lines.find(line => series.some(each => each.id === line.id && each.head.run === props.focus))
  const base = based ? runs.find(run => run.run === based) : undefined

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
            {settings ? <PanelSettings {...{ metric, drawing, runs, settings }} /> : null}
            <Toggle label="Show as a table" pressed={asTable} onPressedChange={setAsTable} className="size-6">
              <Table2 aria-hidden />
            </Toggle>
          </>
        }
        truth={
          read ? (
            <Truth
              {...{ series, lines, drawing, window, of }}
              base={base?.name ?? null}
              failed={failure !== null}
              onRetry={retry}
              shown={runs.length}
              live={runs.some(run => run.live)}
            />
          ) : null
        }
        xName={x === 'value' ? drawing.xKey : xNames[x]}
      >
        <Body
          {...{
            title: metric,
            lines,
            read,
            failure,
            retry,
            asTable,
            kind: x,
            window,
            onWindow,
            axes,
            look,
            goal,
            phone,
          }}
          focus={focus?.id ?? null}
          notice={
            window && x !== 'value' ? <NewerNotice {...{ series, x, window }} onShow={() => onWindow(null)} /> : null
          }
        />
      </PanelFrame>
    </div>
  )
}

type BodyProps = LineChartProps & {
  lines: readonly ChartLine[]
  read: boolean
  failure: { message: string; requestId?: string | undefined } | null
  retry: () => void
  asTable: boolean
  phone: boolean
}

function Body({ read, failure, retry, asTable, phone, ...chart }: BodyProps) {
  const { title, lines, kind } = chart
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
  if (asTable) return <ChartTable title={title} lines={lines} kind={kind} />
  return <LineChart readout={phone ? 'under' : 'float'} {...chart} />
}
