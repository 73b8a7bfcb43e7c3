import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { isProtocolError } from '../../../protocol/errors.ts'
import { type JournalHeader, parseSegmentHeader, segmentName } from '../../../protocol/journal.ts'
import { type JournalItem, JournalReader } from '../../../protocol/journal-reader.ts'

const WINDOW_BYTES = 1 << 18
const RECORD_BYTES_MAX = 1 << 26
const HEAD_BYTES = 1 << 16

/** The JSON at the head of a segment; null while it is not whole or not good. */
export function readHeader(path: string): JournalHeader | null {
  let fd = -1
  try {
    fd = openSync(path, 'r')
    const bytes = new Uint8Array(HEAD_BYTES)
    return parseSegmentHeader(bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, 0)))?.header ?? null
  } catch {
    return null
  } finally {
    if (fd >= 0) closeSync(fd)
  }
}

/** Reads one writer's journal while it grows, across its segments, from given marks on. */
export class Tail {
  readonly #folder: string
  readonly #writer: string
  readonly #reader = new JournalReader()
  #segment: number
  #fd = -1

  /** `upto` and `meta` are the last ones that need not be read. */
  constructor(folder: string, writer: string, upto = -1, meta = -1) {
    this.#folder = folder
    this.#writer = writer
    this.#reader.nextSeq = upto + 1
    this.#reader.nextMeta = meta + 1
    this.#segment = this.#segmentOf(upto + 1, meta + 1)
  }

  /** The last segment that begins at or below both marks: earlier ones hold nothing that is asked for. */
  #segmentOf(seq: number, ordinal: number): number {
    for (let number = 0; ; number++) {
      const header = readHeader(this.#path(number))
      if (!header || header.first_seq > seq || header.first_meta > ordinal) return Math.max(0, number - 1)
    }
  }

  #path(number: number): string {
    return join(this.#folder, segmentName(this.#writer, number))
  }

  /** Of the point and the meta item that come next. */
  get nextSeq(): number {
    return this.#reader.nextSeq
  }

  /** What has come, a window of it at most; nothing where nothing has. `gone`: its process writes no more. */
  read(gone: boolean): JournalItem[] {
    for (;;) {
      if (this.#fd < 0 && !this.#open()) return []
      // Looked for before the window is read: once the next segment stands, this one is never touched again.
      const followed = existsSync(this.#path(this.#segment + 1))
      const items = this.#window(followed || gone)
      if (items.length > 0) return items
      if (!followed) return []
      this.close()
      this.#segment++
      this.#reader.beginSegment()
    }
  }

  close(): void {
    if (this.#fd >= 0) closeSync(this.#fd)
    this.#fd = -1
  }

  #open(): boolean {
    try {
      this.#fd = openSync(this.#path(this.#segment), 'r')
      return true
    } catch {
      return false
    }
  }

  #window(closed: boolean): JournalItem[] {
    const reader = this.#reader
    const items: JournalItem[] = []
    for (let size = WINDOW_BYTES; ; size *= 2) {
      const base = reader.at
      const left = closed ? Math.max(0, fstatSync(this.#fd).size - base) : size
      const window = shared(Math.min(left, RECORD_BYTES_MAX))
      const bytes = window.subarray(0, readSync(this.#fd, window, 0, window.length, base))
      const stop = this.#drain(bytes, base, closed, items)
      if (items.length > 0) return items
      if (reader.at > base) size = WINDOW_BYTES / 2
      else if (stop === 'end' || closed || bytes.length < window.length || size >= RECORD_BYTES_MAX) return items
    }
  }

  #drain(bytes: Uint8Array, base: number, closed: boolean, items: JournalItem[]): 'end' | 'short' {
    const reading = this.#reader.read(bytes, base, closed)
    try {
      let next = reading.next()
      for (; !next.done; next = reading.next()) items.push(next.value)
      return next.value
    } catch (error) {
      if (isProtocolError(error)) return 'end' // a header in the making
      throw error
    }
  }
}

/** Items hold copies, so that all tails read through the same bytes. */
let buffer = new Uint8Array(WINDOW_BYTES)
function shared(size: number): Uint8Array {
  if (size > buffer.length) buffer = new Uint8Array(size)
  return buffer.subarray(0, size)
}
