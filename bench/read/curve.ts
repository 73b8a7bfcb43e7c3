/** What is stored, told by a point's place: the same again wherever it is compared. */
export interface Curve {
  key: string
  value: (i: number) => number
}

export const stepOf = (i: number) => i
export const timeOf = (i: number) => 1_700_000_000_000 + 50 * i + Math.floor(40 * noise(i, 7))

/** In [0, 1), different for every place and seed. */
export function noise(i: number, seed: number): number {
  let h = Math.imul(i ^ (seed * 0x9e3779b1), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296
}

/** A noisy loss in float32 with single-point spikes. */
export const loss = (seed = 1): Curve => ({
  key: 'loss',
  value: i => {
    const spike = i % 77_777 === 33_333 ? 6 : 0
    return Math.fround(4 / (1 + i / 50_000) + 0.4 * noise(i, seed) + 0.2 * Math.sin(i / 3_000) + spike)
  },
})

/** Rises, by uneven steps. */
export const tokens: Curve = { key: 'tokens', value: i => 1_000 * i + Math.floor(900 * noise(i, 3)) }

/** Goes back and forth, ever somewhere else: for `n` points, as it has a memory. */
export function walk(n: number): Curve {
  const path = new Float64Array(n)
  let at = 0
  let way = 1
  for (let i = 0; i < n; i++) {
    if (noise(i, 5) < 0.000_2) way = -way
    at += way * noise(i, 6)
    path[i] = at
  }
  return { key: 'walk', value: i => path[i] as number }
}
