import type { RouterOutputs } from '@/ui/trpc/client'
import { type Eyes, shownRuns } from './shown-runs'

export type RunsPage = RouterOutputs['runs']['list']

const RUNS_A_PAGE = 100
const FILTER_MAX = 500

export type RunsView = { q?: string | undefined; key?: string | null | undefined }

/** The question behind the run list; the server that draws the first page asks the same. */
export const runsAsked = (place: { workspace: string; project: string }, { q, key }: RunsView) => {
  const filter = q?.toWellFormed().replaceAll('\0', '').trim().slice(0, FILTER_MAX)
  return { ...place, limit: RUNS_A_PAGE, ...(filter && { filter }), ...(key && { key }) }
}

/** The numbers of the runs that are on the board while no more pages are read. */
export function firstRuns({ runs }: RunsPage, eyes: Eyes): string[] {
  const ids = runs.map(({ id }) => id)
  const shown = shownRuns(ids, eyes)
  return runs.flatMap(({ id, run }) => (shown.has(id) ? [run] : []))
}
