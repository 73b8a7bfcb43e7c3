'use client'

import { runColor } from '@/ui/charts/line'
import { formatNumber } from '@/ui/format/number'
import { RunSparkline } from '@/ui/panels/run-sparkline'
import { RunState } from '@/ui/panels/run-state'
import type { RouterOutputs } from '@/ui/trpc/client'
import type { ProjectPlace } from './project-screen'
import { RunRow } from './run-row'

type Run = RouterOutputs['runs']['list']['runs'][number]

export type RunRowsProps = {
  place: ProjectPlace
  runs: readonly Run[]
  shown: ReadonlySet<string>
  numberKey: string | null
  near: string | null
  onNear: (run: string | null) => void
  onToggle: (id: string) => void
}

export function RunRows({ place, runs, shown, numberKey, near, onNear, onToggle }: RunRowsProps) {
  return runs.map(run => {
    const color = runColor(run.ordinal)
    const on = shown.has(run.id)
    return (
      <RunRow
        key={run.run}
        href={`/${place.workspace}/${place.project}/runs/${encodeURIComponent(run.id)}`}
        name={run.name}
        color={color}
        shown={on}
        near={near === run.run}
        onToggle={() => onToggle(run.id)}
        onPoint={over => onNear(over && on ? run.run : null)}
        state={<RunState state={run.state} />}
        spark={numberKey ? <RunSparkline run={run.run} metric={numberKey} order={run.ordinal} off={!on} /> : <span />}
        value={run.number ? <Value value={run.number.value} /> : <span className="text-ink-3">none</span>}
      />
    )
  })
}

function Value({ value }: { value: number }) {
  return <span className={Number.isFinite(value) ? undefined : 'text-bad'}>{formatNumber(value)}</span>
}
