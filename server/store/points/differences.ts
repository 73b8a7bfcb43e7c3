/**
 * 64-bit words that follow a smooth curve (a learning rate on a cosine, bytes read so far): differences of differences of
 * their bits are small whole numbers. A word is two u32, low one first; arithmetic is modulo 2^64, so every bit comes back.
 */
const ORDER_MAX = 4
const SAMPLE = 256

/** How often to take differences until words are smallest, judged on those in the middle; 0 where it does not help. */
export function bestOrder(words: Uint32Array): number {
  const n = words.length / 2
  const from = Math.max(0, Math.floor((n - SAMPLE) / 2))
  const sample = words.slice(2 * from, 2 * Math.min(n, from + SAMPLE))
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let order = 0; order <= ORDER_MAX; order++) {
    const bits = bitsOf(differ(sample.slice(), order), order)
    if (bits < least) {
      least = bits
      best = order
    }
  }
  return best
}

/** Replaces words, in place, by their differences of this order, signs folded into the lowest bit. */
export function differ(words: Uint32Array, order: number): Uint32Array {
  for (let o = 0; o < order; o++)
    for (let i = words.length - 2; i >= 2 * (o + 1); i -= 2) {
      const low = words[i] as number
      const before = words[i - 2] as number
      words[i] = low - before
      words[i + 1] = (words[i + 1] as number) - (words[i - 1] as number) - (low < before ? 1 : 0)
    }
  for (let i = 0; i < words.length; i += 2) {
    const low = words[i] as number
    const high = words[i + 1] as number
    const sign = (high | 0) >> 31
    words[i] = (low << 1) ^ sign
    words[i + 1] = ((high << 1) | (low >>> 31)) ^ sign
  }
  return words
}

/** What `differ` was given, in place. */
export function sum(words: Uint32Array, order: number): Uint32Array {
  for (let i = 0; i < words.length; i += 2) {
    const low = words[i] as number
    const high = words[i + 1] as number
    const sign = -(low & 1)
    words[i] = ((low >>> 1) | (high << 31)) ^ sign
    words[i + 1] = (high >>> 1) ^ sign
  }
  for (let o = order - 1; o >= 0; o--)
    for (let i = 2 * (o + 1); i < words.length; i += 2) {
      const low = ((words[i] as number) + (words[i - 2] as number)) >>> 0
      words[i + 1] = (words[i + 1] as number) + (words[i - 1] as number) + (low < (words[i] as number) ? 1 : 0)
      words[i] = low
    }
  return words
}

function bitsOf(words: Uint32Array, order: number): number {
  let bits = 0
  for (let i = 2 * order; i < words.length; i += 2) {
    const high = words[i + 1] as number
    bits += high > 0 ? 64 - Math.clz32(high) : 32 - Math.clz32(words[i] as number)
  }
  return bits
}
