'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Board } from '@/ui/panels/board/board'
import { useTRPC } from '@/ui/trpc/client'
import type { RunPlace } from './run-header'

export function ChartsScreen({ place }: { place: RunPlace }) {
  const trpc = useTRPC()
  const { data } = useSuspenseQuery(trpc.runs.get.queryOptions(place))
  const { run, name, ordinal: order } = data
  const live = data.state === 'running' || data.state === 'lost'
  const runs = useMemo(() => [{ run, name, order, live }], [run, name, order, live])
  const { workspace, project } = place
  return (
    <Board
      place={{ workspace, project }}
      runs={runs}
      telemetry={false}
      label={keys => (keys === 1 ? '1 key' : `${keys} keys`)}
    />
  )
}
