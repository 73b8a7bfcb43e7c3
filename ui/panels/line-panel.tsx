'use client'

import { useRef, useState } from 'react'
import { ChartTable } from '@/ui/charts/chart-table'
import type { ChartLine, XKind, Zoom } from '@/ui/charts/line'
import { LineChart, type LineChartProps } from '@/ui/charts/line-chart'
import { PanelFrame } from '@/ui/charts/panel-frame'
import type { Plot } from '@/ui/charts/plot'
import { ErrorState } from '@/ui/kit/error-state'
import { AnnotationMarks } from './annotations/annotation-marks'
import { NewNote } from './annotations/new-note'
import { type Annotations, annotationsOf } from './annotations/use-annotations'
import { Figures } from './figures'
import { type Goal, goalOf } from './goal'
import { type Drawing, plainDrawing } from './line/drawing'
import { findNonFinite } from './line/find-non-finite'
import { FullScreen } from './line/full-screen'
import { Minimap } from './line/minimap'
import { PanelActions } from './line/panel-actions'
import type { PanelSettingsActions } from './line/panel-settings'
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
  /** Without it the panel shows none. */
  annotations?: Annotations | undefined
  /** By the key's name, unless it is said. */
  goal?: Goal | undefined
  telemetry?: boolean
  /** The run that is pointed at elsewhere. */
  focus?: string | null
  /** Zoomed together with other panels; without it the panel keeps its own window. */
  window?: Zoom | null
  onWindow?: (window: Zoom | null) => void
  /** As large as the window. */
  full?: boolean
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
  const [asTable, setAsTable] = useState(false)
  const [full, setFull] = useState(false)
  const [window, onWindow] = usePanelWindow(props)
  const goal = props.goal ?? goalOf(metric)
  const asked = props.drawing ?? plainDrawing
  const { drawing, series, read, failure, retry, lines, axes, look, based } = usePanelLines({
    ...{ metric, runs, drawing: asked, window, width, active },
  })
  const { x } = drawing
  const focus = lines.find(line => series.some(each => each.id === line.id && each.head.run === props.focus))
  const xName = x === 'value' ? drawing.xKey : xNames[x]
  const base = based ? runs.find(run => run.run === based) : undefined

  return (
    <div ref={host} className={props.className} data-panel={metric}>
      <PanelFrame
        title={metric}
        grows={phone}
        {...(props.full && { className: 'h-full flex-1 border-0' })}
        figures={<Figures {...{ series, runs, goal, telemetry }} />}
        actions={
          <PanelActions
            {...{ metric, drawing, runs, settings, host, asTable, window, onWindow }}
            {...{ onTable: setAsTable, empty: lines.length === 0 }}
            onFull={props.full ? undefined : () => setFull(true)}
            shown={() => ({ title: metric, lines, kind: x, xName, window, axes, look })}
          />
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
              {...(x !== 'value' && {
                onNonFinite: () => findNonFinite(metric, runs, x, width ?? 64).then(found => found && onWindow(found)),
              })}
            />
          ) : null
        }
        xName={xName}
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
          {...annotating(props, x, window)}
          notice={
            window && x !== 'value' ? <NewerNotice {...{ series, x, window }} onShow={() => onWindow(null)} /> : null
          }
        />
        {drawing.minimap || props.full ? <Minimap {...{ metric, runs, drawing, window, onWindow, active }} /> : null}
      </PanelFrame>
      {full ? (
        <FullScreen title={metric} onClose={() => setFull(false)}>
          <LinePanel {...props} {...{ window, onWindow }} full className="flex min-h-0 flex-1 flex-col" />
        </FullScreen>
      ) : null}
    </div>
  )
}

/** What draws and writes annotations on a chart; over the values of another key there are none. */
function annotating({ metric, annotations, runs }: LinePanelProps, x: XKind, window: Zoom | null) {
  if (!annotations || x === 'value') return {}
  const shown = annotationsOf(annotations.all, metric, x, runs)
  const marks = (plot: Plot) => <AnnotationMarks {...{ plot, kind: x, shown, annotations }} />
  const pinned = (at: number, onDone: () => void) => (
    <NewNote {...{ metric, runs, axis: x, x: at, window, annotations, onDone }} />
  )
  return { marks, ...(annotations.mayCreate && { pinned }) }
}

function usePanelWindow(props: LinePanelProps) {
  const [own, setOwn] = useState<Zoom | null>(null)
  return props.onWindow ? ([props.window ?? null, props.onWindow] as const) : ([own, setOwn] as const)
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
