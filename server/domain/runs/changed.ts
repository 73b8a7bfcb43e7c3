import { bus } from '../../store/bus.ts'

/** Something that screens show has changed; the live door tells those who watch the project. */
export interface Changed {
  workspaceId: string
  /** The project's id. */
  project: string
  /** The server's own numbers, in decimal. */
  runs?: string[]
  /** `run`: state, config, summary, name. `runs`: one came or went. `keys`: what is said of its keys. `annotations`: one was written, edited or deleted. */
  what: 'run' | 'runs' | 'keys' | 'annotations'
}

const topic = 'runs.changed'

/** After the commit. */
export const announceChanged = (changed: Changed) => bus().publish(topic, changed)

export const onChanged = (listener: (changed: Changed) => void) => bus().subscribe(topic, listener)
