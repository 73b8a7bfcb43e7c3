import { closeSync, constants, fdatasync, fdatasyncSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { formatSegmentHeader, type JournalHeader, RecordWriter, segmentName } from '../../../protocol/journal.ts'
import { codeOf } from './folder.ts'

const SEGMENT_BYTES = 4 << 20
/** What memory keeps while the disk refuses: a million numbers. */
const RING_VALUES = 1_000_000
const SYNC_MS = 200

type Waiting =
  | { seq: number; keys: string[]; values: ArrayLike<number>; step: number; time: number }
  | { ordinal: number; json: string }

/**
 * One writer's journal. A record is one write(2): when it has returned the kernel has it, so SIGKILL loses nothing. The disk
 * is synced every 200 ms in the background. What the disk refuses waits in memory, within bounds.
 */
export class Journal {
  readonly folder: string
  readonly #header: Omit<JournalHeader, 'segment' | 'first_seq' | 'first_meta'>
  readonly #record = new RecordWriter()
  #numbers = new Map<string, number>()
  #fd = -1
  #used = 0
  #segment = 0
  #waiting: Waiting[] = []
  #waitingValues = 0
  #timer: NodeJS.Timeout | null = null
  #closed = false
  /** Of the next point, and of the next meta item. */
  seq = 0
  ordinal = 0
  /** Why the disk last refused; null while it takes everything. */
  trouble: string | null = null

  constructor(folder: string, header: Omit<JournalHeader, 'segment' | 'first_seq' | 'first_meta'>) {
    this.folder = folder
    this.#header = header
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      this.#openSegment(0, 0)
    } catch (error) {
      this.trouble = codeOf(error)
    }
  }

  /** Appends one record of points. False: neither disk nor memory has room. */
  putPoints(keys: string[], values: ArrayLike<number>, step: number, time = Date.now()): boolean {
    if (this.#closed || this.#waitingValues + keys.length > RING_VALUES) return false
    this.#append({ seq: this.seq, keys, values, step, time })
    this.seq += keys.length
    return true
  }

  /** Appends one meta item, as JSON. */
  putMeta(json: string): void {
    if (this.#closed) return
    this.#append({ ordinal: this.ordinal, json })
    this.ordinal++
  }

  /** Writes what waits in memory and syncs. */
  close(): void {
    if (this.#closed) return
    this.#drain()
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#fd < 0) return
    try {
      fdatasyncSync(this.#fd)
    } catch {
      // a file system without sync keeps what it can
    }
    closeSync(this.#fd)
    this.#fd = -1
  }

  #append(entry: Waiting): void {
    if (this.#waiting.length > 0 || !this.#write(entry)) {
      this.#waiting.push(entry)
      if ('keys' in entry) this.#waitingValues += entry.keys.length
    }
    this.#timer ??= setTimeout(() => this.#tend(), SYNC_MS).unref()
  }

  #tend(): void {
    this.#timer = null
    this.#drain()
    if (this.#fd >= 0) fdatasync(this.#fd, () => {})
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.#tend(), 1000).unref()
  }

  #drain(): void {
    let written = 0
    for (const entry of this.#waiting) {
      if (!this.#write(entry)) break
      if ('keys' in entry) this.#waitingValues -= entry.keys.length
      written++
    }
    if (written > 0) this.#waiting = this.#waiting.slice(written)
  }

  /** One entry onto the disk, whole or not at all; false where the disk refuses. */
  #write(entry: Waiting): boolean {
    try {
      if (this.#fd < 0 || this.#used >= SEGMENT_BYTES) this.#openSegment(this.#firstSeq(entry), this.#firstMeta(entry))
      const known = this.#numbers.size
      this.#format(entry)
      if (this.#put(this.#record.bytes())) return true
      for (const [key, number] of this.#numbers) if (number >= known) this.#numbers.delete(key)
      return false
    } catch (error) {
      this.trouble = codeOf(error)
      return false
    } finally {
      this.#record.clear()
    }
  }

  #format(entry: Waiting): void {
    if ('json' in entry) {
      this.#record.meta(entry.ordinal, entry.json)
      return
    }
    const numbers = new Array<number>(entry.keys.length)
    for (let i = 0; i < numbers.length; i++) numbers[i] = this.#numberOf(entry.keys[i] as string)
    this.#record.points(entry.seq, entry.step, entry.time, numbers, entry.values)
  }

  #numberOf(key: string): number {
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.#numbers.size
    this.#record.key(number, key)
    this.#numbers.set(key, number)
    return number
  }

  /** A short or failed write is cut back at once. */
  #put(bytes: Uint8Array): boolean {
    try {
      const written = writeSync(this.#fd, bytes, 0, bytes.length, this.#used)
      if (written === bytes.length) {
        this.#used += written
        this.trouble = null
        return true
      }
      this.trouble = 'ENOSPC'
    } catch (error) {
      this.trouble = codeOf(error)
    }
    try {
      ftruncateSync(this.#fd, this.#used)
    } catch {
      // readers stop before what is not whole
    }
    return false
  }

  #openSegment(firstSeq: number, firstMeta: number): void {
    const segment = this.#segment
    const header = { ...this.#header, segment, first_seq: firstSeq, first_meta: firstMeta } satisfies JournalHeader
    const head = formatSegmentHeader(JSON.stringify(header))
    const path = join(this.folder, segmentName(this.#header.writer, segment))
    const fd = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, 0o600)
    try {
      if (writeSync(fd, head, 0, head.length, 0) !== head.length) throw new Error('ENOSPC')
    } catch (error) {
      closeSync(fd)
      throw error
    }
    if (this.#fd >= 0) closeSync(this.#fd)
    this.#fd = fd
    this.#used = head.length
    this.#segment = segment + 1
    this.#numbers = new Map()
  }

  // What is written is always the oldest that is not written yet.
  #firstSeq(entry: Waiting): number {
    const first = [entry, ...this.#waiting].find(one => 'seq' in one)
    return first && 'seq' in first ? first.seq : this.seq
  }

  #firstMeta(entry: Waiting): number {
    const first = [entry, ...this.#waiting].find(one => 'ordinal' in one)
    return first && 'ordinal' in first ? first.ordinal : this.ordinal
  }
}
