import { toHex } from '../bytes.ts'

/** A float64 as the 16 hex digits of its bits, highest first. */
export function bitsOf(value: number): string {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value)
  return toHex(bytes)
}

export function floatOf(bits: string): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt(`0x${bits}`))
  return view.getFloat64(0)
}

export const WRITER = '00112233445566778899aabbccddeeff'
export const STEP_MAX = Number.MAX_SAFE_INTEGER
export const TIME = 1_790_000_000_000

/** Values that general-purpose packers and text formats lost. */
export const HARD_VALUES = [
  -0,
  0,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  0.1,
  1 / 3,
  -1.5,
  5e-324,
  Number.MAX_VALUE,
  -Number.MIN_VALUE,
  1e-45,
  2 ** 53,
  2 ** 53 + 2,
  3.4028234663852886e38,
  3.4028235677973366e38,
]

/** Keys of any script or symbol. */
export const HARD_KEYS = [
  'train/loss',
  'Ñandú',
  '損失/検証',
  'خسارة',
  '🔥/👩‍🔬',
  'a b,c:"d"\n',
  'e\u0301',
  '\u{1f600}'.repeat(256),
]
