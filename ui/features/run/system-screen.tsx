'use client'

import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useMemo, useState } from 'react'
import type { XWindow } from '@/ui/charts/line'
import { formatCount } from '@/ui/format/number'
import { Button } from '@/ui/kit/button'
import { Segmented } from '@/ui/kit/segmented'
import { BoardSkeleton } from '@/ui/panels/board/board-skeleton'
import { useNewKeys } from '@/ui/panels/board/use-new-keys'
import { lanesOf } from '@/ui/panels/telemetry/lanes'
import { TelemetryLane } from '@/ui/panels/telemetry/telemetry-lane'
import { useTRPC } from '@/ui/trpc/client'
import type { RunPlace } from './run-header'

const axes = ['relative', 'time'] as const

/** The machines of a run: lanes on one x axis with one cursor. */
export function SystemScreen({ place }: { place: RunPlace }) {
  const trpc = useTRPC()
  const { data } = useSuspenseQuery(trpc.runs.get.queryOptions(place))
  const [x, setX] = useQueryState('at', parseAsStringLiteral(axes).withDefault('relative'))
  const [window, setWindow] = useState<XWindow | null>(null)
  const { run: number, name, ordinal: order, state } = data
  const live = state === 'running' || state === 'lost'
  const run = useMemo(() => ({ run: number, name, order, live }), [number, name, order, live])
  const numbers = useMemo(() => [number], [number])
  const { data: keys } = useQuery(trpc.metrics.keys.queryOptions({ runs: numbers }))
  useNewKeys(numbers, keys)
  const lanes = useMemo(
    () => lanesOf(keys?.filter(each => each.kind === 'telemetry').map(each => each.key) ?? []),
    [keys],
  )
  const samples = data.writers.reduce((sum, writer) => sum + (writer.kind === 'telemetry' ? writer.stored : 0), 0)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-(--subbar) shrink-0 items-center gap-2 whitespace-nowrap border-line border-b bg-surface px-4">
        <span className="t-small text-ink-2">Align to</span>
        <Segmented
          label="x axis"
          value={x}
          onChange={next => {
            setX(next)
            setWindow(null)
          }}
          options={[
            { value: 'relative', label: 'Start' },
            { value: 'time', label: 'Clock' },
          ]}
        />
        <span className="t-small flex-1 truncate text-ink-3">{formatCount(samples)} samples stored</span>
        {window ? <Button onClick={() => setWindow(null)}>Show everything</Button> : null}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it */}
      <section tabIndex={0} aria-label="Telemetry" className="min-h-0 flex-1 overflow-y-auto bg-surface">
        {keys === undefined ? (
          <BoardSkeleton />
        ) : lanes.length === 0 ? (
          <NoTelemetry live={live} />
        ) : (
          <>
            {data.number ? (
              <TelemetryLane
                lane={{ name: data.number.key, unit: '', keys: [data.number.key] }}
                note="for context"
                {...{ run, x, window }}
                onWindow={setWindow}
              />
            ) : null}
            {lanes.map(lane => (
              <TelemetryLane key={lane.name} lane={lane} {...{ run, x, window }} onWindow={setWindow} />
            ))}
          </>
        )}
      </section>
    </div>
  )
}

function NoTelemetry({ live }: { live: boolean }) {
  return (
    <div className="px-6 py-7">
      <h2 className="t-page">{live ? 'Waiting for the first sample' : 'No telemetry was sent'}</h2>
      <p className="mt-1 max-w-prose text-ink-2">
        The agent beside the training samples processor, memory, disk, network and NVIDIA devices every few seconds. A
        device that is absent has no lane.
      </p>
    </div>
  )
}
