'use client'

import type { PanelRun } from '@/ui/panels/panel-run'
import type { RouterOutputs } from '@/ui/trpc/client'
import { type Eyes, shownRuns } from './shown-runs'
import { useStable } from './use-stable'

type Run = RouterOutputs['runs']['list']['runs'][number]

const NONE: readonly Run[] = []

/** Which of the listed runs the eyes leave on the board. */
export function useBoardRuns(listed: readonly Run[] = NONE, eyes: Eyes) {
  const ids = listed.map(run => run.id)
  const shown = shownRuns(ids, eyes)
  const onBoard: PanelRun[] = listed.flatMap(({ id, run, name, ordinal: order, state }) =>
    shown.has(id) ? [{ run, name, order, live: state === 'running' || state === 'lost' }] : [],
  )
  return { ids, shown, onBoard: useStable(onBoard) }
}
