'use client'

import { SlidersHorizontal } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Alignment } from '@/series/join'
import type { SmoothingKind } from '@/series/smoothing'
import type { XKind } from '@/ui/charts/line'
import type { Behind, Curve } from '@/ui/charts/look'
import type { ScaleKind } from '@/ui/charts/scale'
import { Button, IconButton } from '@/ui/kit/button'
import { Popover, PopoverContent, PopoverTrigger } from '@/ui/kit/popover'
import { Segmented } from '@/ui/kit/segmented'
import { Select } from '@/ui/kit/select'
import { Switch } from '@/ui/kit/switch'
import type { PanelRun } from '../panel-run'
import type { Drawing, DrawingChange } from './drawing'
import { NumberField } from './number-field'
import { SmoothAmount } from './smooth-amount'

/** What a panel may do to how it is drawn. */
export type PanelSettingsActions = {
  /** It differs from its board. */
  readonly own: boolean
  /** Keys that x may show. */
  readonly keys: readonly string[]
  readonly change: (change: DrawingChange) => void
  readonly everywhere: () => void
  readonly reset: () => void
}

export type PanelSettingsProps = {
  metric: string
  drawing: Drawing
  runs: readonly PanelRun[]
  settings: PanelSettingsActions
}

const smoothings: { value: SmoothingKind; label: string }[] = [
  { value: 'ema', label: 'Moving average that fades (EMA)' },
  { value: 'gaussian', label: 'Gaussian' },
  { value: 'mean', label: 'Running mean' },
  { value: 'median', label: 'Running median' },
]
const widths = [
  { value: 'points', label: 'points' },
  { value: 'x', label: 'x' },
] as const
const behinds: { value: Behind; label: string }[] = [
  { value: 'raw', label: 'Raw line' },
  { value: 'band', label: 'Min–max' },
  { value: 'nothing', label: 'Nothing' },
]
const curves: { value: Curve; label: string }[] = [
  { value: 'line', label: 'Line' },
  { value: 'dashes', label: 'Dashed line' },
  { value: 'steps', label: 'Steps' },
  { value: 'marks', label: 'Line and points' },
  { value: 'points', label: 'Points' },
]
const scales: { value: ScaleKind; label: string }[] = [
  { value: 'linear', label: 'linear' },
  { value: 'log', label: 'log' },
  { value: 'symlog', label: 'symlog' },
]
const xs: { value: XKind; label: string }[] = [
  { value: 'step', label: 'Step' },
  { value: 'relative', label: 'Time since start' },
  { value: 'time', label: 'Time of day' },
  { value: 'value', label: 'Another key' },
]
const alignments: { value: Alignment; label: string }[] = [
  { value: 'exact', label: 'at the same step' },
  { value: 'last', label: 'last one before' },
  { value: 'line', label: 'between neighbours' },
]
const NOBODY = 'none'

/** How this panel is drawn, beside it: every change shows at once and stands in the address. */
export function PanelSettings(props: PanelSettingsProps) {
  const { metric, settings } = props
  return (
    <Popover>
      <PopoverTrigger asChild>
        <IconButton size="small" label="Settings of this panel" data-panel-settings>
          <SlidersHorizontal aria-hidden />
        </IconButton>
      </PopoverTrigger>
      <PopoverContent
        align="end"
        aria-label={`Settings of ${metric}`}
        className="max-h-[min(560px,var(--radix-popover-content-available-height))] w-[340px] max-w-[calc(100vw-16px)] overflow-y-auto"
      >
        <div className="flex flex-col gap-2.5">
          <LineSettings {...props} />
          <hr className="-mx-3 border-line" />
          <AxisSettings {...props} />
          <hr className="-mx-3 border-line" />
          <div className="flex items-center justify-between">
            <Button size="small" look="quiet" disabled={!settings.own} onClick={settings.reset}>
              Reset
            </Button>
            <Button size="small" disabled={!settings.own} onClick={settings.everywhere}>
              Draw all panels like this
            </Button>
          </div>
        </div>
      </PopoverContent>
    </Popover>
  )
}

function LineSettings({ drawing, runs, settings: { change } }: PanelSettingsProps) {
  const { smoothing, by, width } = drawing
  return (
    <>
      <Row label="Smooth by">
        <Select
          label="Smooth by"
          value={smoothing}
          onChange={next => change({ smoothing: next })}
          options={smoothings}
        />
      </Row>
      {smoothing === 'ema' ? null : (
        <Row label="Window in">
          <Segmented label="Window in" value={by} onChange={next => change({ by: next })} options={widths} />
          {by === 'x' ? (
            <NumberField
              label="Width on x"
              value={width}
              onChange={next => change({ width: Math.max(next ?? 0, 0) })}
            />
          ) : null}
        </Row>
      )}
      <Row label="Amount">
        <SmoothAmount drawing={drawing} onChange={change} className="w-40" />
      </Row>
      <Row label="Behind it">
        <Segmented label="Behind it" value={drawing.behind} onChange={behind => change({ behind })} options={behinds} />
      </Row>
      <Row label="Draw as">
        <Select label="Draw as" value={drawing.curve} onChange={curve => change({ curve })} options={curves} />
      </Row>
      <Row label="Difference to">
        <Select
          label="Difference to"
          value={drawing.base || NOBODY}
          onChange={base => change({ base: base === NOBODY ? '' : base })}
          options={[{ value: NOBODY, label: 'no run' }, ...runs.map(({ run, name }) => ({ value: run, label: name }))]}
          className="max-w-52"
        />
      </Row>
    </>
  )
}

function AxisSettings({ metric, drawing, settings: { keys, change } }: PanelSettingsProps) {
  const others = keys.filter(key => key !== metric)
  return (
    <>
      <Row label="x shows">
        <Select
          label="x shows"
          value={drawing.x}
          onChange={x => change(x === 'value' ? { x, xKey: drawing.xKey || (others[0] ?? '') } : { x })}
          options={others.length > 0 ? xs : xs.filter(({ value }) => value !== 'value')}
        />
      </Row>
      {drawing.x === 'value' ? (
        <>
          <Row label="Key">
            <Select
              label="Key of x"
              value={drawing.xKey}
              onChange={xKey => change({ xKey })}
              options={others.map(key => ({ value: key, label: key }))}
              className="max-w-52"
            />
          </Row>
          <Row label="Joined">
            <Select label="Joined" value={drawing.align} onChange={align => change({ align })} options={alignments} />
          </Row>
        </>
      ) : null}
      {drawing.x === 'time' ? null : (
        <Row label="x axis">
          <Segmented label="x axis" value={drawing.xScale} onChange={xScale => change({ xScale })} options={scales} />
        </Row>
      )}
      <Row label="y axis">
        <Segmented label="y axis" value={drawing.yScale} onChange={yScale => change({ yScale })} options={scales} />
      </Row>
      <Row label="y from">
        <NumberField label="y from" value={drawing.low} onChange={low => change({ low })} />
        <span aria-hidden>to</span>
        <NumberField label="y to" value={drawing.high} onChange={high => change({ high })} />
      </Row>
      <Row label="Leave out outliers">
        <Switch label="Leave out outliers" checked={drawing.trim} onChange={trim => change({ trim })} />
      </Row>
      <Row label="Map of the run">
        <Switch label="Map of the run" checked={drawing.minimap} onChange={minimap => change({ minimap })} />
      </Row>
    </>
  )
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="t-small flex min-h-7 items-center gap-2 text-ink-2">
      <span aria-hidden className="w-[104px] shrink-0">
        {label}
      </span>
      <span className="flex min-w-0 flex-1 flex-wrap items-center justify-end gap-2">{children}</span>
    </div>
  )
}
