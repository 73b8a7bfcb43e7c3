import type { RouterOutputs } from '@/ui/trpc/client'
import { SHOWN_AT_FIRST } from './shown-runs'

export type RunsPage = RouterOutputs['runs']['list']

export const RUNS_A_PAGE = 100

/** The numbers of the runs that are on the board before the reader chooses. */
export const firstRuns = ({ runs }: RunsPage): string[] => runs.slice(0, SHOWN_AT_FIRST).map(({ run }) => run)
