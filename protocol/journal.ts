import { align8, fromUtf8, toUtf8, viewOf, writeInt64 } from './bytes.ts'
import { crc32 } from './crc32.ts'
import { invalid } from './errors.ts'

export const JOURNAL_MAGIC = Uint8Array.of(0x54, 0x53, 0x4a, 0x31, 0x0d, 0x0a, 0x1a, 0x0a) // "TSJ1\r\n\x1a\n"
export const RECORD_KEY = 1
export const RECORD_POINTS = 2
export const RECORD_META = 3

/** The JSON at the head of each segment (journal.md), with the members that agent.md adds. */
export interface JournalHeader {
  format: 1
  writer: string
  run: string
  project: string
  workspace: string | null
  base_url: string
  labels: Record<string, string>
  kind: 'user' | 'telemetry'
  segment: number
  first_seq: number
  first_meta: number
  pid: number
  process_start: number | null
  host: string
  start: number
  sdk: string
  key_hint?: string
  named_server?: boolean
  mode?: 'online' | 'offline'
  condition?: 'never' | 'must'
  telemetry?: boolean
  launch?: string
}

/** `<writer>-<segment>.tsj` */
export function segmentName(writer: string, segment: number): string {
  return `${writer}-${String(segment).padStart(6, '0')}.tsj`
}

export function parseSegmentName(name: string): { writer: string; segment: number } | null {
  const match = /^([0-9a-f]{32})-(\d{6})\.tsj$/.exec(name)
  return match ? { writer: match[1]!, segment: Number(match[2]) } : null
}

/** The head of a segment up to where its first record begins; `json` is the header's text. */
export function formatSegmentHeader(json: string): Uint8Array {
  const text = toUtf8(json)
  const bytes = new Uint8Array(16 + align8(text.length))
  const view = viewOf(bytes)
  bytes.set(JOURNAL_MAGIC)
  view.setUint32(8, text.length, true)
  view.setUint32(12, crc32(text), true)
  bytes.set(text, 16)
  return bytes
}

/** The header and where the first record begins; null where more bytes are needed. Throws ProtocolError. */
export function parseSegmentHeader(bytes: Uint8Array): { header: JournalHeader; next: number } | null {
  if (bytes.length < 16) return null
  if (JOURNAL_MAGIC.some((byte, i) => bytes[i] !== byte)) invalid('segment header: this is not a journal.')
  const view = viewOf(bytes)
  const length = view.getUint32(8, true)
  if (length > 1_048_576) invalid(`segment header: ${length} bytes are too many.`)
  if (16 + align8(length) > bytes.length) return null
  if (crc32(bytes, 16, 16 + length) !== view.getUint32(12, true)) invalid('segment header: its checksum is wrong.')
  const text = fromUtf8(bytes.subarray(16, 16 + length), 'segment header')
  return { header: checkedHeader(text), next: 16 + align8(length) }
}

function checkedHeader(text: string): JournalHeader {
  let header: JournalHeader | null = null
  try {
    header = JSON.parse(text)
  } catch {
    invalid('segment header: its JSON cannot be read.')
  }
  if (header?.format !== 1) invalid('segment header: its format is unknown.')
  for (const member of ['writer', 'run', 'project', 'base_url', 'kind', 'host', 'sdk'] as const)
    if (typeof header[member] !== 'string') invalid(`segment header: ${member} is not a string.`)
  for (const member of ['segment', 'first_seq', 'first_meta', 'start'] as const)
    if (!Number.isSafeInteger(header[member])) invalid(`segment header: ${member} is not a whole number.`)
  if (!/^[0-9a-f]{32}$/.test(header.writer)) invalid('segment header: writer is not 32 hex digits.')
  return header
}

/** Formats records into a buffer that grows; `bytes()` until `clear()`. Length and checksum come last in each record. */
export class RecordWriter {
  #bytes = new Uint8Array(4096)
  #view = viewOf(this.#bytes)
  #end = 0

  /** A view of what was written since `clear()`. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#end)
  }

  clear(): void {
    this.#bytes.fill(0, 0, this.#end)
    this.#end = 0
  }

  key(number: number, name: string): void {
    const text = toUtf8(name)
    const body = this.#open(8 + text.length, RECORD_KEY)
    this.#view.setUint32(body + 4, number, true)
    this.#bytes.set(text, body + 8)
    this.#close(8 + text.length)
  }

  points(seq: number, step: number, time: number, keys: ArrayLike<number>, values: ArrayLike<number>): void {
    const n = keys.length
    const valuesAt = align8(32 + 4 * n)
    const body = this.#open(valuesAt + 8 * n, RECORD_POINTS)
    const view = this.#view
    view.setUint32(body + 4, n, true)
    writeInt64(view, body + 8, seq)
    writeInt64(view, body + 16, step)
    writeInt64(view, body + 24, time)
    for (let i = 0; i < n; i++) view.setUint32(body + 32 + 4 * i, keys[i]!, true)
    new Float64Array(this.#bytes.buffer, body + valuesAt, n).set(values)
    this.#close(valuesAt + 8 * n)
  }

  meta(ordinal: number, json: string): void {
    const text = toUtf8(json)
    const body = this.#open(16 + text.length, RECORD_META)
    writeInt64(this.#view, body + 8, ordinal)
    this.#bytes.set(text, body + 16)
    this.#close(16 + text.length)
  }

  #open(length: number, type: number): number {
    const needed = this.#end + 8 + align8(length)
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length))
      larger.set(this.#bytes.subarray(0, this.#end))
      this.#bytes = larger
      this.#view = viewOf(larger)
    }
    this.#view.setUint32(this.#end + 8, type, true)
    return this.#end + 8
  }

  #close(length: number): void {
    const at = this.#end
    this.#view.setUint32(at + 4, crc32(this.#bytes, at + 8, at + 8 + length), true)
    this.#view.setUint32(at, length, true)
    this.#end = at + 8 + align8(length)
  }
}
