'use client'

import { useMemo } from 'react'
import type { PanelRun } from '@/ui/panels/panel-run'
import type { RouterOutputs } from '@/ui/trpc/client'
import { type Eyes, shownRuns } from './shown-runs'
import { useStable } from './use-stable'

type Run = RouterOutputs['runs']['list']['runs'][number]

const NONE: readonly Run[] = []

/** Which of the loaded runs the filter leaves in the list, and which of those the eyes leave on the board. */
export function useBoardRuns(loaded: readonly Run[] = NONE, filter: string, eyes: Eyes) {
  const listed = useMemo(() => loaded.filter(run => run.name.toLowerCase().includes(filter)), [loaded, filter])
  const ids = listed.map(run => run.id)
  const shown = shownRuns(ids, eyes)
  const onBoard: PanelRun[] = listed.flatMap(({ id, run, name, ordinal: order, state }) =>
    shown.has(id) ? [{ run, name, order, live: state === 'running' || state === 'lost' }] : [],
  )
  return { listed, ids, shown, onBoard: useStable(onBoard) }
}
