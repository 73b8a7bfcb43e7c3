import { viewOf } from './bytes.ts'
import { crc32 } from './crc32.ts'
import { isProtocolError } from './errors.ts'
import type { Hole } from './frame.ts'
import type { PointsRecord } from './frame-builder.ts'
import { type JournalHeader, parseSegmentHeader, RECORD_KEY, RECORD_META, RECORD_POINTS } from './journal.ts'
import { KeyTable, readKey, readMeta, readPoints } from './journal-records.ts'

export type JournalItem =
  | ({ kind: 'points' } & PointsRecord)
  | { kind: 'meta'; ordinal: number; item: Record<string, unknown> }
  /** Seqs, or ordinals of meta items, that damage made unreadable. */
  | ({ kind: 'lost' } & Hole)
  | ({ kind: 'lost-meta' } & Hole)

/** Why reading stopped: nothing is written further on, or what is there is not whole or not good (yet). */
export type Stop = 'end' | 'short'

/**
 * Reads one writer's journal, segment by segment, while it grows or afterwards. It holds no file: it is handed windows
 * of the segment's bytes and says where it stands.
 */
export class JournalReader {
  /** The newest header that could be read. */
  header: JournalHeader | null = null
  /** Where the next record of this segment begins. */
  at = 0
  nextSeq = 0
  nextMeta = 0
  #begun = false
  #keys = new KeyTable()

  /** The next segment follows. */
  beginSegment(): void {
    this.at = 0
    this.#begun = false
    this.#keys = new KeyTable()
  }

  /**
   * Items of a window: `bytes` is the segment from `base` (a multiple of 8, at most `at`) on. `closed`: nobody writes
   * this segment any more, so what follows a gap of zeros is looked for as well. 'short' with more bytes in the file
   * asks for a larger window; at the file's end it is a tail in progress, or, when closed, a torn one.
   */
  *read(bytes: Uint8Array, base: number, closed: boolean): Generator<JournalItem, Stop> {
    if (!this.#begun && !(yield* this.#head(bytes, closed))) return 'short'
    const view = viewOf(bytes)
    for (;;) {
      const at = this.at - base
      if (at + 8 > bytes.length) return 'end'
      const length = view.getUint32(at, true)
      if (isGood(bytes, view, at)) {
        yield* this.#record(bytes, view, at + 8, length)
        this.at += 8 + 8 * Math.ceil(length / 8)
        continue
      }
      if (length === 0 && !closed) return 'end'
      const next = nextGood(bytes, view, at + 8)
      if (next < 0) return length === 0 ? 'end' : 'short'
      this.at = base + next
    }
  }

  *#head(bytes: Uint8Array, closed: boolean): Generator<JournalItem, boolean> {
    try {
      const head = parseSegmentHeader(bytes)
      if (!head) return false
      this.header = head.header
      this.at = head.next
    } catch (error) {
      if (!closed || !isProtocolError(error)) throw error
      this.at = 8 // its records are looked for without it
    }
    this.#begun = true
    if (this.at > 8 && this.header) {
      yield* this.#skipTo(this.header.first_seq)
      yield* this.#skipMetaTo(this.header.first_meta)
    }
    return true
  }

  *#record(bytes: Uint8Array, view: DataView, body: number, length: number): Generator<JournalItem> {
    const type = view.getUint32(body, true)
    if (type === RECORD_KEY) readKey(bytes, view, body, length, this.#keys)
    else if (type === RECORD_POINTS) yield* this.#points(view, body, length)
    else if (type === RECORD_META) yield* this.#meta(bytes, view, body, length)
  }

  *#points(view: DataView, body: number, length: number): Generator<JournalItem> {
    const record = readPoints(view, body, length, this.#keys)
    if (!record || record.seq + record.keys.length <= this.nextSeq) return
    yield* this.#skipTo(record.seq)
    const { seq, step, time, keys, values } = record
    const start = this.nextSeq - seq // above 0 where a reader goes on inside a record
    this.nextSeq = seq + keys.length
    if (record.complete && start === 0) {
      yield { kind: 'points', seq, step, time, keys: keys as readonly string[], values }
      return
    }
    for (let from = start, to = start; from < keys.length; from = to) {
      const known = keys[from] !== undefined
      while (to < keys.length && (keys[to] !== undefined) === known) to++
      if (known) {
        const names = keys.slice(from, to) as string[]
        yield { kind: 'points', seq: seq + from, step, time, keys: names, values: values.slice(from, to) }
      } else yield { kind: 'lost', first: seq + from, count: to - from }
    }
  }

  *#meta(bytes: Uint8Array, view: DataView, body: number, length: number): Generator<JournalItem> {
    const meta = readMeta(bytes, view, body, length)
    if (!meta || meta.ordinal < this.nextMeta) return
    yield* this.#skipMetaTo(meta.ordinal)
    this.nextMeta = meta.ordinal + 1
    yield { kind: 'meta', ...meta }
  }

  *#skipTo(seq: number): Generator<JournalItem> {
    if (seq <= this.nextSeq) return
    const first = this.nextSeq
    this.nextSeq = seq
    yield { kind: 'lost', first, count: seq - first }
  }

  *#skipMetaTo(ordinal: number): Generator<JournalItem> {
    if (ordinal <= this.nextMeta) return
    const first = this.nextMeta
    this.nextMeta = ordinal
    yield { kind: 'lost-meta', first, count: ordinal - first }
  }
}

function isGood(bytes: Uint8Array, view: DataView, at: number): boolean {
  const length = view.getUint32(at, true)
  if (length < 4 || length > bytes.length - at - 8) return false
  return crc32(bytes, at + 8, at + 8 + length) === view.getUint32(at + 4, true)
}

/** The next good record of a known type at or after `from`, in steps of 8; −1 where there is none. */
function nextGood(bytes: Uint8Array, view: DataView, from: number): number {
  for (let at = from; at + 16 <= bytes.length; at += 8) {
    const type = view.getUint32(at + 8, true)
    if (type >= RECORD_KEY && type <= RECORD_META && isGood(bytes, view, at)) return at
  }
  return -1
}
