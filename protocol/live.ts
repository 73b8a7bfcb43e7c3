export { PROTOCOL_VERSION } from './limits.ts'

export const LIVE_NAMESPACE = '/live'

/** Where a run's points stand: a delta continues what was read at the same epoch and at its own `from`. */
export interface RunCursor {
  /** The server's number of the run, in decimal. */
  run: string
  epoch: number
  cursor: number
}

export interface WatchBody {
  project?: string
  runs?: string[]
}

export type LiveAck<T> = ({ ok: true } & T) | { ok: false; error: { code: string; message: string } }

export interface Changed {
  project: string
  runs?: string[]
  what: 'run' | 'runs' | 'keys' | 'members' | 'annotations'
}

export interface WatchEvents {
  watch: (body: WatchBody, ack: (answer: LiveAck<{ runs: RunCursor[] }>) => void) => void
  unwatch: (body: WatchBody, ack: (answer: LiveAck<object>) => void) => void
}

export interface LiveEvents {
  /** One answer (frame.md); acknowledged when the browser has taken it. */
  delta: (answer: ArrayBuffer | Uint8Array, ack: () => void) => void
  changed: (change: Changed) => void
  behind: (place: RunCursor) => void
}
