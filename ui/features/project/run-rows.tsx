'use client'

import { runColor } from '@/ui/charts/line'
import { RunState } from '@/ui/panels/run-state'
import { RunTrend } from '@/ui/panels/run-trend'
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
  return runs.map(({ run, id, name, ordinal, state, number }) => {
    const on = shown.has(id)
    return (
      <RunRow
        key={run}
        href={`/${place.workspace}/${place.project}/runs/${encodeURIComponent(id)}`}
        name={name}
        color={runColor(ordinal)}
        shown={on}
        near={near === run}
        onToggle={() => onToggle(id)}
        onPoint={over => onNear(over && on ? run : null)}
        state={<RunState state={state} />}
      >
        {numberKey ? (
          <RunTrend
            run={run}
            metric={numberKey}
            order={ordinal}
            value={number?.value ?? null}
            statistic={number?.statistic}
            off={!on}
          />
        ) : null}
      </RunRow>
    )
  })
}
