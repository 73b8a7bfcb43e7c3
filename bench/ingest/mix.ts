import type { PointsRecord } from '../../protocol/frame-builder.ts'

/** A seeded stream of numbers in [0, 1): the same mix in every measurement. */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** The mix of a training, or the noisy float32 curves of it alone. */
export type Kind = 'mix' | 'noisy'

type Curve = (step: number) => number

const words = new Uint32Array(1)
const floats = new Float32Array(words.buffer)
const bfloat16 = (value: number) => {
  floats[0] = value
  words[0] = (words[0] as number) & 0xffff0000
  return floats[0] as number
}

/** Of every ten keys: seven noisy float32 curves, one of bfloat16, one of decimals or a learning rate, one of telemetry. */
function curveOf(key: number, next: () => number): Curve {
  const start = 1 + 4 * next()
  const decay = 500 + 5000 * next()
  const noise = 0.02 + 0.2 * next()
  const noisy: Curve = step => start * Math.exp(-step / decay) + noise * (next() + next() - 1)
  const kind = key % 10
  if (kind < 7) return step => Math.fround(noisy(step))
  if (kind === 7) return step => bfloat16(noisy(step))
  if (kind === 8 && key % 20 === 8)
    return step => Math.round(10_000 * (1 - Math.exp(-step / decay) * 0.9 - 0.02 * next())) / 10_000
  if (kind === 8) return step => 1e-3 * 0.5 * (1 + Math.cos((Math.PI * step) / 10_000))
  let level = 40 + Math.floor(50 * next())
  return () => {
    if (next() < 0.1) level = Math.max(0, Math.min(100, level + Math.round(6 * next() - 3)))
    return level
  }
}

/** The records of one run, of the mix or of noisy float32 curves only: `keys` keys logged together at each of `steps` steps, with times that jitter. */
export function* recordsOf(run: number, keys: number, steps: number, kind: Kind = 'mix'): Generator<PointsRecord> {
  const next = random(run + 1)
  const names = Array.from({ length: keys }, (_, key) => `layer.${Math.floor(key / 10)}/metric.${key % 10}`)
  const curves = names.map((_, key) => curveOf(kind === 'mix' ? key : 0, next))
  let time = 1_760_000_000_000 + run
  for (let step = 0; step < steps; step++) {
    time += 80 + Math.floor(40 * next())
    yield { seq: step * keys, step, time, keys: names, values: Float64Array.from(curves, curve => curve(step)) }
  }
}
