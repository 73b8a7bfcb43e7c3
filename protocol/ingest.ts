export { BEAT_MS, FRAMES_IN_FLIGHT_MAX, LEASE_MS, META_BYTES_MAX, PROTOCOL_VERSION } from './limits.ts'

export const INGEST_NAMESPACE = '/ingest'

export type IngestCode =
  | 'NOT_OPEN'
  | 'RESEND'
  | 'INVALID'
  | 'BUSY'
  | 'GONE'
  | 'UPGRADE'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'LIMIT'

export interface IngestError {
  code: IngestCode
  message: string
  /** RESEND: the seq (or, of `meta`, the ordinal) to go on from. */
  from?: number
  /** BUSY: how long to wait. */
  retry_after_ms?: number
  /** INVALID: the frame was quarantined whole and `upto` includes it; go on behind it. */
  skip?: boolean
  upto?: number
}

export type Ack<T> = ({ ok: true } & T) | { ok: false; error: IngestError }

export interface HandshakeAuth {
  key: string
  protocol: number
  sdk: string
}

/** The journal's header without what only this machine needs, and what the server needs besides. */
export interface OpenBody {
  writer: string
  run: string
  project: string
  workspace: string | null
  labels: Record<string, string>
  kind: 'user' | 'telemetry'
  host: string
  pid: number
  start: number
  sdk: string
  condition?: 'never' | 'must'
  created: number
}

export interface OpenAck {
  run: { id: string; name: string; project: string; workspace: string; url: string }
  upto: number
  meta: number
}

export interface RefusedItem {
  key: string
  reason: string
  count: number
}

export interface FrameAck {
  upto: number
  refused?: RefusedItem[]
}

export interface MetaBody {
  writer: string
  first: number
  items: MetaItem[]
}

export interface MetaAck {
  meta: number
}

export interface BeatBody {
  writers: string[]
}

export interface BeatAck {
  /** Ids of runs that somebody asked to stop. */
  stop: string[]
}

export interface ReceiptBody {
  writer: string
}

export interface ReceiptAck {
  stored: number
  refused: number
  upto: number
}

/** What an agent may ask, and what is answered. */
export interface IngestEvents {
  open: (body: OpenBody, ack: (answer: Ack<OpenAck>) => void) => void
  frame: (body: Uint8Array, ack: (answer: Ack<FrameAck>) => void) => void
  meta: (body: MetaBody, ack: (answer: Ack<MetaAck>) => void) => void
  beat: (body: BeatBody, ack: (answer: Ack<BeatAck>) => void) => void
  receipt: (body: ReceiptBody, ack: (answer: Ack<ReceiptAck>) => void) => void
}

/** What keys are worth: the whole of a series in one number. `best`: the lowest, or the highest where the goal says so. */
export const STATISTICS = ['min', 'max', 'mean', 'last', 'first', 'best'] as const
export type Statistic = (typeof STATISTICS)[number]
export const GOALS = ['minimize', 'maximize'] as const
export type Goal = (typeof GOALS)[number]

/** Members that are absent leave what was said before under the same name, unless `overwrite`. */
export interface DefineItem {
  k: 'define'
  /** A key, or a pattern in which `*` stands for any characters. */
  name: string
  /** The key that charts show as x. */
  step_metric?: string
  /** Its last value before a point counts, not only the one logged at the same step. */
  step_sync?: boolean
  summary?: Statistic[]
  goal?: Goal
  /** No panel by itself. */
  hidden?: boolean
  overwrite?: boolean
}

export type MetaItem =
  | {
      k: 'info'
      name?: string
      notes?: string
      tags?: string[]
      group?: string
      job_type?: string
      user?: string
    }
  | { k: 'config'; set?: Record<string, unknown>; unset?: string[] }
  | { k: 'summary'; set: Record<string, unknown> }
  | { k: 'env'; [member: string]: unknown }
  | DefineItem
  | { k: 'refused'; key: string; reason: string; step: number | null; count: number }
  | { k: 'finish'; exit_code: number | null; time: number; logged: number; refused: number; rounded?: number }
  | { k: 'died'; writer: string; reason: string; time: number }
  | { k: 'lost'; first: number; count: number }
  /** Takes the ordinal of an item that damage made unreadable, and changes nothing. */
  | { k: 'void' }
