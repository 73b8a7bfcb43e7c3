import { FrameBuilder } from '../../../protocol/frame-builder.ts'
import type { MetaItem } from '../../../protocol/ingest.ts'
import type { JournalItem } from '../../../protocol/journal-reader.ts'
import { Tail } from './tail.ts'

/** Socket.IO closes a socket that sends more than 1 MB at once. */
export const ITEM_BYTES_MAX = 900_000
const FRAMES_MOST = 16
const CUTS_APART_MS = 50

export interface Sent {
  last: number
  body: Uint8Array
  flying: boolean
}

export interface Meta {
  ordinal: number
  item: MetaItem
}

/** From one journal to frames and meta items, a bounded number of frames ahead of the acks. */
export class Outbox {
  /** Frames that the server has not acked, oldest first. */
  frames: Sent[] = []
  metas: Meta[] = []
  readonly #tail: Tail
  readonly #builder: FrameBuilder
  #items: JournalItem[] = []
  #from = 0
  #drained = false
  #cutAt = Number.NEGATIVE_INFINITY

  constructor(folder: string, writer: string, upto: number, meta: number) {
    this.#tail = new Tail(folder, writer, upto, meta)
    this.#builder = new FrameBuilder(writer)
  }

  /** Everything that the journal holds is with the server. */
  get isEmpty(): boolean {
    return this.#drained && this.metas.length === 0 && !this.hasPoints
  }

  get hasPoints(): boolean {
    return this.frames.length > 0 || this.#items.length > 0 || !this.#builder.isEmpty
  }

  /**
   * Reads on. A frame is cut when it is full, or when the journal holds nothing more and 50 ms have passed since the last
   * cut: the first point after a quiet spell goes at once. True where anything was read.
   */
  fill(gone: boolean, now: number): boolean {
    let read = false
    while (this.#takeItems()) {
      this.#items = this.#tail.read(gone)
      this.#drained = this.#items.length === 0
      if (this.#drained) break
      read = true
    }
    if (this.frames.length < FRAMES_MOST && now - this.#cutAt >= CUTS_APART_MS && this.#cut()) this.#cutAt = now
    return read
  }

  /** Whether a cut is due by time alone. */
  get hasCutDue(): boolean {
    return !this.#builder.isEmpty
  }

  /** The server has all points up to `upto`. */
  acked(upto: number): void {
    const left = this.frames.findIndex(frame => frame.last > upto)
    this.frames.splice(0, left < 0 ? this.frames.length : left)
  }

  metaAcked(ordinal: number): void {
    const left = this.metas.findIndex(meta => meta.ordinal > ordinal)
    this.metas.splice(0, left < 0 ? this.metas.length : left)
  }

  close(): void {
    this.#tail.close()
  }

  /** True where there is room for more. */
  #takeItems(): boolean {
    let taken = 0
    for (const item of this.#items) {
      if (!this.#take(item)) break
      taken++
    }
    this.#items = taken === this.#items.length ? [] : this.#items.slice(taken)
    return this.#items.length === 0 && this.frames.length < FRAMES_MOST
  }

  #take(item: JournalItem): boolean {
    if (item.kind === 'meta') this.metas.push({ ordinal: item.ordinal, item: item.item as MetaItem })
    else if (item.kind === 'lost-meta')
      for (let i = 0; i < item.count; i++) this.metas.push({ ordinal: item.first + i, item: { k: 'void' } })
    else if (item.kind === 'lost') {
      while (!this.#builder.hole(item.first, item.count)) if (!this.#cutIfRoom()) return false
    } else
      for (; this.#from < item.keys.length; ) {
        const taken = this.#builder.add(item, this.#from)
        this.#from += taken
        if (taken === 0 && !this.#cutIfRoom()) return false
      }
    this.#from = 0
    return true
  }

  #cutIfRoom(): boolean {
    return this.frames.length < FRAMES_MOST && this.#cut()
  }

  #cut(): boolean {
    const last = this.#builder.next - 1
    const body = this.#builder.take()
    if (body) this.frames.push({ last, body, flying: false })
    return body !== null
  }
}

/** What is told in place of an item that cannot be sent. */
export function tooLarge(item: MetaItem, length: number): MetaItem {
  const reason = `larger than ${ITEM_BYTES_MAX} bytes (${length})`
  return { k: 'refused', key: `(${item.k})`, reason, step: null, count: 1 }
}
