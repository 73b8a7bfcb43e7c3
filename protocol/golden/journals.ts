import type { JournalHeader } from '../journal.ts'
import { HARD_KEYS, HARD_VALUES, STEP_MAX, TIME, WRITER } from './values.ts'

/** What a writer does, in order. */
export type Write =
  | { key: { number: number; name: string } }
  | { points: { seq: number; step: number; time: number; keys: number[]; values: number[] } }
  | { meta: { ordinal: number; json: string } }

export interface GoldenJournal {
  name: string
  about: string
  header: JournalHeader
  writes: Write[]
  /** Zeros behind the last record, as a preallocated segment has them. */
  zeros?: number
  /** Damage done afterwards: bits of the byte at `at` (from the beginning of the record `record`) are turned over. */
  flip?: { record: number; at: number }
  /** Whole records that become zeros, as pages that a power cut kept from the disk. */
  blank?: number[]
  /** Bytes cut from the end. */
  cut?: number
  /** Nobody writes it any more. */
  closed: boolean
}

const header: JournalHeader = {
  format: 1,
  writer: WRITER,
  run: '0198c0de-0000-7000-8000-000000000001',
  project: 'digits 手書き',
  workspace: null,
  base_url: 'http://127.0.0.1:3000',
  labels: { rank: '0' },
  kind: 'user',
  segment: 0,
  first_seq: 0,
  first_meta: 0,
  pid: 4711,
  process_start: 123_456,
  host: 'node-a',
  start: TIME,
  sdk: 'typescript/0.1.0',
}

const loss = { key: { number: 0, name: 'train/loss' } }
const accuracy = { key: { number: 1, name: 'train/accuracy' } }
const point = (seq: number, step: number, keys: number[], values: number[]) => ({
  points: { seq, step, time: TIME + 100 * step, keys, values },
})
const meta = (ordinal: number, item: object) => ({ meta: { ordinal, json: JSON.stringify(item) } })

const training: Write[] = [
  meta(0, { k: 'info', name: 'first light ✨', tags: ['a', 'b'] }),
  meta(1, { k: 'config', set: { lr: 0.1, optimizer: { name: 'adam', eps: 1e-8 }, limit: 'Infinity' } }),
  loss,
  point(0, 0, [0], [2.5]),
  accuracy,
  point(1, 1, [0, 1], [1.25, 0.1]),
  point(3, 2, [0, 1], [0.3, 1 / 3]),
  point(5, 3, [1], [Number.NaN]),
  meta(2, { k: 'summary', set: { best: 0.9 } }),
  point(6, 2, [0, 1], [-0, 0.5]),
]

export const JOURNALS: GoldenJournal[] = [
  { name: 'empty', about: 'A header and nothing else.', header, writes: [], closed: false },
  {
    name: 'training',
    about: 'Keys as they come, records of several shapes, meta items between them, a step that goes back; then zeros.',
    header,
    writes: training,
    zeros: 256,
    closed: false,
  },
  {
    name: 'second-segment',
    about: 'Segment 1 goes on at seq 8 and ordinal 3; key numbers begin anew.',
    header: { ...header, segment: 1, first_seq: 8, first_meta: 3 },
    writes: [
      { key: { number: 0, name: 'train/accuracy' } },
      point(8, 4, [0], [0.75]),
      meta(3, { k: 'finish', exit_code: 0, time: TIME + 5000, logged: 9, refused: 0 }),
    ],
    closed: true,
  },
  {
    name: 'hard',
    about:
      'Values that packers lose, steps at both ends, keys of any script, a kind of record that no reader knows yet.',
    header: { ...header, workspace: 'acme', kind: 'telemetry', labels: { host: 'nœud' }, process_start: null },
    writes: [
      ...HARD_KEYS.map((name, number) => ({ key: { number, name } })),
      { points: { seq: 0, step: STEP_MAX, time: TIME, keys: HARD_VALUES.map((_, i) => i % 8), values: HARD_VALUES } },
      { points: { seq: 16, step: -STEP_MAX, time: -TIME, keys: [7, 0], values: [1, 2] } },
    ],
    closed: false,
  },
  {
    name: 'torn-tail',
    about: 'The last record is cut in its middle: reading stops before it.',
    header,
    writes: training,
    cut: 20,
    closed: true,
  },
  {
    name: 'wrong-tail',
    about: 'The last record has a wrong checksum and nothing good follows: it may still be in the writing.',
    header,
    writes: training,
    flip: { record: 9, at: 44 },
    zeros: 64,
    closed: false,
  },
  {
    name: 'damaged-middle',
    about: 'A points record in the middle has a wrong checksum: its two seqs are lost, its neighbours are not.',
    header,
    writes: training,
    flip: { record: 6, at: 50 },
    closed: false,
  },
  {
    name: 'damaged-length',
    about: 'A length in the middle is wrong; the next good record is found in steps of 8.',
    header,
    writes: training,
    flip: { record: 5, at: 2 },
    closed: false,
  },
  {
    name: 'damaged-key',
    about: 'A key record is lost: points that use its number are lost one by one, not their neighbours.',
    header,
    writes: training,
    flip: { record: 4, at: 17 },
    closed: false,
  },
  {
    name: 'damaged-meta',
    about: 'A meta item is lost: its ordinal is reported.',
    header,
    writes: training,
    flip: { record: 1, at: 40 },
    closed: false,
  },
  {
    name: 'blank-page',
    about: 'Records that never reached the disk, zeros in the middle: found only once nobody writes it any more.',
    header,
    writes: training,
    blank: [5, 6],
    zeros: 64,
    closed: true,
  },
]
