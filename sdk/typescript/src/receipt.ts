import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs'
import { readInt64, viewOf, writeInt64 } from '../../../protocol/bytes.ts'
import { crc32 } from '../../../protocol/crc32.ts'

/** What the agent answers in `<writer>.ack`, and the wait for it. */

export const DONE = 1
export const GONE = 2
export const STOP = 4
export const KEY = 8
export const NO = 16
export const INVALID = 32
const MAGIC = 0x31415354 // "TSA1", little-endian
const BYTES = 64

export interface Ack {
  upto: number
  meta: number
  stored: number
  refused: number
  flags: number
  /** When the server last answered for this writer (ms). */
  answered: number
}

export const NO_ACK: Ack = { upto: -1, meta: -1, stored: -1, refused: -1, flags: 0, answered: 0 }

/** logged = stored + refused + pending: points and refused items that user code logged. */
export interface Receipt {
  logged: number
  stored: number
  refused: number
  pending: number
}

export function receiptOf(logged: number, stored: number, refused: number): Receipt {
  return { logged, stored, refused, pending: Math.max(0, logged - stored - refused) }
}

export function packAck(ack: Ack): Uint8Array {
  const bytes = new Uint8Array(BYTES)
  const view = viewOf(bytes)
  view.setUint32(0, MAGIC, true)
  writeInt64(view, 8, ack.upto)
  writeInt64(view, 16, ack.meta)
  writeInt64(view, 24, ack.stored)
  writeInt64(view, 32, ack.refused)
  view.setUint32(40, ack.flags, true)
  writeInt64(view, 48, ack.answered)
  view.setUint32(4, crc32(bytes, 8), true)
  return bytes
}

export function unpackAck(bytes: Uint8Array): Ack | null {
  if (bytes.length !== BYTES) return null
  const view = viewOf(bytes)
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== crc32(bytes, 8)) return null
  return {
    upto: readInt64(view, 8, 'ack'),
    meta: readInt64(view, 16, 'ack'),
    stored: readInt64(view, 24, 'ack'),
    refused: readInt64(view, 32, 'ack'),
    flags: view.getUint32(40, true),
    answered: readInt64(view, 48, 'ack'),
  }
}

/** The ack file's content; null where there is none yet. Read again where the agent is just writing it. */
export function readAck(path: string): Ack | null {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const ack = unpackAck(readFileSync(path))
      if (ack) return ack
    } catch {
      return null
    }
  }
  return null
}

export function writeAck(path: string, ack: Ack): void {
  const fd = openSync(path, constants.O_WRONLY | constants.O_CREAT, 0o600)
  try {
    writeSync(fd, packAck(ack), 0, BYTES, 0)
  } finally {
    closeSync(fd)
  }
}

/** One wait for an ack: at most `timeout` ms in all, and `silence` ms without any new answer. */
export class AckWait {
  readonly #path: string
  readonly #done: (ack: Ack) => boolean
  readonly #end: number
  readonly #silence: number
  readonly #ring: () => void
  #heard = performance.now()
  #last = ''
  pause = 2

  /** `ring` sees to it that an agent lives while it is waited for. */
  constructor(path: string, done: (ack: Ack) => boolean, ring: () => void, timeout: number, silence = 5000) {
    this.#path = path
    this.#done = done
    this.#ring = ring
    this.#end = this.#heard + timeout
    this.#silence = silence
  }

  /** True where there is nothing more to wait for. */
  look(): boolean {
    const ack = readAck(this.#path)
    if (ack && this.#done(ack)) return true
    this.#ring()
    const now = performance.now()
    const told = JSON.stringify(ack)
    this.pause = Math.min(20, 2 * this.pause)
    if (ack && told !== this.#last) {
      this.#last = told
      this.#heard = now
      this.pause = 2
    }
    return now >= this.#end || now - this.#heard >= this.#silence
  }

  async wait(): Promise<void> {
    while (!this.look()) await new Promise(resolve => setTimeout(resolve, this.pause))
  }

  /** For exit handlers, where no promise is waited for any more. */
  waitBlocking(): void {
    const cell = new Int32Array(new SharedArrayBuffer(4))
    while (!this.look()) Atomics.wait(cell, 0, 0, this.pause)
  }
}
