import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

function base62(value: bigint, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest /= 62n) text = digits[Number(rest % 62n)] + text
  return text
}

/** 43 digits hold 256 random bits; the 6 behind them are their CRC-32, so that a scanner tells a key without asking us. */
export function newApiKey(): string {
  const secret = base62(BigInt(`0x${randomBytes(32).toString('hex')}`), 43)
  return `tsk-${secret}${checksum(secret)}`
}

export const checksum = (secret: string) => base62(BigInt(crc32(secret)), 6)

/** Fast on purpose: nothing that was drawn from 2^256 can be tried through. */
export const keyHash = (key: string) => createHash('sha256').update(key).digest('hex')

/** To recognise a key by, useless to whoever reads it. */
export const keyHint = (key: string) => `${key.slice(0, 8)}…${key.slice(-4)}`

/** What a key may look like: our own, and what TRACKSIDE_INIT_API_KEY takes as given. */
export const looksLikeKey = (key: string) => /^[A-Za-z0-9_-]{40,256}$/.test(key)
