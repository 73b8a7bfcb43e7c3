import { bus } from '../../store/bus.ts'

/** What screens that show runs have to read again. `what`: a run's words or state; which runs there are. */
export interface RunsChanged {
  workspaceId: string
  projectId: string
  /** The server's numbers. */
  runs: number[]
  what: 'run' | 'runs'
}

const topic = 'runs.changed'

/** After the commit. */
export const announceRuns = (changed: RunsChanged) => bus().publish(topic, changed)

export const onRunsChanged = (listener: (changed: RunsChanged) => void) => bus().subscribe(topic, listener)
