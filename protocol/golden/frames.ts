import type { Frame, Hole } from '../frame.ts'
import type { PointsRecord } from '../frame-builder.ts'
import { HARD_KEYS, HARD_VALUES, STEP_MAX, TIME, WRITER } from './values.ts'

export interface GoldenFrame {
  name: string
  about: string
  frame: Frame
}

const one = (values: number[], steps: number[], times: number[], keys = ['x'], first = 0): Frame => ({
  writer: WRITER,
  first,
  last: first + values.length - 1,
  keys,
  shapes: [
    {
      keys: [0],
      steps: Float64Array.from(steps),
      times: Float64Array.from(times),
      columns: [Float64Array.from(values)],
    },
  ],
  order: null,
  holes: [],
})

const range = (n: number, item: (i: number) => number) => Array.from({ length: n }, (_, i) => item(i))

/** Frames given column by column, one for each coding and each trap. */
export const FRAMES: GoldenFrame[] = [
  { name: 'one-point', about: 'The smallest frame.', frame: one([0.5], [0], [TIME]) },
  {
    name: 'hard-values',
    about: 'Values that packers lose: -0, NaN, both infinities, subnormals, what float32 cannot hold (coding 16).',
    frame: one(
      HARD_VALUES,
      range(HARD_VALUES.length, i => i),
      range(HARD_VALUES.length, i => TIME + 250 * i),
    ),
  },
  {
    name: 'float32',
    about: 'Values exact in float32, -0, NaN and the infinities among them (coding 17).',
    frame: one(
      [-0, 0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.25, -3, 2 ** -149],
      range(8, i => 7 - i),
      range(8, i => TIME + i * i * 40_000),
    ),
  },
  {
    name: 'constant-nan',
    about: 'The same NaN again and again (coding 18).',
    frame: one(
      range(20, () => Number.NaN),
      range(20, i => -i),
      range(20, () => TIME),
    ),
  },
  {
    name: 'constant',
    about: 'A constant that float32 cannot hold (coding 18), steps and times at even distances (coding 1).',
    frame: one(
      range(20, () => 0.1),
      range(20, i => 100 * i),
      range(20, i => TIME + 1000 * i),
      ['x'],
      4_000_000_000_000,
    ),
  },
  {
    name: 'steps-at-the-ends',
    about: 'Steps at both ends of what is allowed (coding 0), seqs up to 2^53 - 1.',
    frame: one([1, 2, 3, 4], [STEP_MAX, -STEP_MAX, -1, STEP_MAX], [0, STEP_MAX, -STEP_MAX, TIME], ['x'], STEP_MAX - 3),
  },
  {
    name: 'differences',
    about:
      'Steps whose differences fit in 16 bits, to the ends of them (coding 3); times that need 32 bits (coding 2).',
    frame: one(
      range(12, i => i / 10),
      range(12, i => (i % 2) * 32_767 - (i % 3 === 2 ? 1 : 0)),
      range(12, i => TIME + (i % 2) * 2_147_483_647),
    ),
  },
  {
    name: 'keys-of-any-script',
    about: 'Names in several scripts, joined emoji, combining marks, one of exactly 1,024 bytes.',
    frame: {
      writer: 'ffeeddccbbaa99887766554433221100',
      first: 40,
      last: 40 + HARD_KEYS.length - 1,
      keys: HARD_KEYS,
      shapes: [
        {
          keys: HARD_KEYS.map((_, k) => k),
          steps: Float64Array.of(-5),
          times: Float64Array.of(TIME),
          columns: HARD_KEYS.map((_, k) => Float64Array.of(k / 7)),
        },
      ],
      order: null,
      holes: [],
    },
  },
  {
    name: 'only-holes',
    about: 'Nothing but seqs that were lost.',
    frame: {
      writer: WRITER,
      first: 10,
      last: 29,
      keys: [],
      shapes: [],
      order: null,
      holes: [{ first: 10, count: 20 }],
    },
  },
]

export interface GoldenCut {
  name: string
  about: string
  records: (PointsRecord | Hole)[]
  /** Frames are cut at this many bytes by the worst case of their codings. */
  bytesMax: number
}

function training(): PointsRecord[] {
  const records: PointsRecord[] = []
  let seq = 0
  for (let step = 0; step < 40; step++) {
    const keys =
      step % 5 === 4 ? ['val/loss', 'val/acc'] : step % 7 === 3 ? ['lr', 'train/loss'] : ['train/loss', 'lr', 'epoch']
    const values = Float64Array.from(keys, (_, i) => Math.fround(1 / (1 + step + i)))
    records.push({ seq, step, time: TIME + step * 37, keys, values })
    seq += keys.length
  }
  return records
}

const wide = (n: number): string[] => Array.from({ length: n }, (_, i) => `layer.${i}/grad`)

/** Records as a journal gives them, and the frames that the builder makes of them. */
export const CUTS: GoldenCut[] = [
  { name: 'interleaved', about: 'Three shapes in turn, one frame.', records: training(), bytesMax: 65_536 },
  { name: 'interleaved-cut', about: 'The same records cut into small frames.', records: training(), bytesMax: 600 },
  {
    name: 'record-cut',
    about: 'One record of 40 points, cut inside because no frame of 512 bytes holds it; the next goes on behind it.',
    records: [
      { seq: 0, step: 1, time: TIME, keys: wide(40), values: Float64Array.from(wide(40), (_, i) => i / 3) },
      { seq: 40, step: 2, time: TIME + 1, keys: ['loss'], values: Float64Array.of(0.5) },
    ],
    bytesMax: 512,
  },
  {
    name: 'holes',
    about: 'Seqs lost at the beginning, in the middle (twice in a row: one hole) and at the end.',
    records: [
      { first: 0, count: 3 },
      { seq: 3, step: 1, time: TIME, keys: ['a', 'b'], values: Float64Array.of(1, 2) },
      { first: 5, count: 1 },
      { first: 6, count: 4 },
      { seq: 10, step: 2, time: TIME + 10, keys: ['a', 'b'], values: Float64Array.of(3, 4) },
      { first: 12, count: 1 },
    ],
    bytesMax: 65_536,
  },
]
