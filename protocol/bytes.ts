import { invalid } from './errors.ts'

/** Steps, times and seqs lie within ±this: whole numbers that float64 holds exactly. */
export const WHOLE_MAX = Number.MAX_SAFE_INTEGER
const TWO_32 = 4_294_967_296

export function align8(length: number): number {
  return (length + 7) & ~7
}

/** int64 as a number; above ±(2^53 − 1) it is refused. BigInt would cost ten times as much. */
export function readInt64(view: DataView, at: number, where: string): number {
  const whole = view.getInt32(at + 4, true) * TWO_32 + view.getUint32(at, true)
  if (!Number.isSafeInteger(whole)) invalid(`${where}: a whole number lies outside ±(2^53 − 1).`)
  return whole
}

export function writeInt64(view: DataView, at: number, whole: number): void {
  view.setUint32(at, whole >>> 0, true)
  view.setInt32(at + 4, Math.floor(whole / TWO_32), true)
}

/** The same bytes, moved if need be, so that typed arrays can be laid over them. */
export function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes)
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function toUtf8(text: string): Uint8Array {
  return encoder.encode(text)
}

export function fromUtf8(bytes: Uint8Array, where: string): string {
  try {
    return decoder.decode(bytes)
  } catch {
    return invalid(`${where}: not valid UTF-8.`)
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >> 1)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}
