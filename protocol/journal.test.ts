import { readFileSync } from 'node:fs'
import { crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crc32 } from './crc32.ts'
import { JOURNALS } from './golden/journals.ts'
import { bitsOf, floatOf, HARD_VALUES, WRITER } from './golden/values.ts'
import { formatSegmentHeader, type JournalHeader, parseSegmentName, RecordWriter, segmentName } from './journal.ts'
import { type JournalItem, JournalReader } from './journal-reader.ts'

const HEADER = JOURNALS[0]!.header
const told = (item: JournalItem) =>
  item.kind === 'points' ? { ...item, values: Array.from(item.values, bitsOf) } : item

test("the checksum is zlib's", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), bytes => crc32(bytes) === zlibCrc32(bytes)))
})

test("a segment's name says writer and number", () => {
  expect(segmentName(WRITER, 12)).toBe(`${WRITER}-000012.tsj`)
  expect(parseSegmentName(`${WRITER}-000012.tsj`)).toEqual({ writer: WRITER, segment: 12 })
  expect(parseSegmentName('notes.txt')).toBeNull()
})

test.each(JOURNALS.map(journal => journal.name))('golden journal %s reads as told', name => {
  const url = new URL(`golden/journal-${name}`, import.meta.url)
  const json = JSON.parse(readFileSync(`${url.pathname}.json`, 'utf8'))
  const reader = new JournalReader()
  reader.nextSeq = JSON.parse(json.header).first_seq
  reader.nextMeta = JSON.parse(json.header).first_meta
  const { items, stop } = drain(reader, new Uint8Array(readFileSync(`${url.pathname}.tsj`)), 0, json.closed)
  expect(items.map(told)).toEqual(json.reads)
  expect([stop, reader.at, reader.nextSeq, reader.nextMeta]).toEqual([
    json.stop,
    json.stops_at,
    json.next_seq,
    json.next_meta,
  ])
})

function drain(reader: JournalReader, bytes: Uint8Array, base: number, closed: boolean) {
  const items: JournalItem[] = []
  const reading = reader.read(bytes, base, closed)
  let next = reading.next()
  for (; !next.done; next = reading.next()) items.push(next.value)
  return { items, stop: next.value }
}

const write = fc.oneof(
  fc.record({
    step: fc.maxSafeInteger(),
    time: fc.maxSafeInteger(),
    keys: fc.array(fc.nat(5), { minLength: 1, maxLength: 6 }),
    value: fc.oneof(fc.double(), fc.constantFrom(...HARD_VALUES)),
  }),
  fc.record({ text: fc.string() }),
)

function segment(writes: ({ step: number; time: number; keys: number[]; value: number } | { text: string })[]) {
  const out = new RecordWriter()
  const starts: number[] = []
  for (let number = 0; number < 6; number++) out.key(number, `key.${number}`)
  let seq = 0
  let ordinal = 0
  for (const one of writes) {
    starts.push(out.bytes().length)
    if ('text' in one) out.meta(ordinal++, JSON.stringify({ k: 'info', notes: one.text }))
    else {
      out.points(
        seq,
        one.step,
        one.time,
        one.keys,
        one.keys.map(() => one.value),
      )
      seq += one.keys.length
    }
  }
  const head = formatSegmentHeader(JSON.stringify(HEADER satisfies JournalHeader))
  const bytes = new Uint8Array(head.length + out.bytes().length)
  bytes.set(head)
  bytes.set(out.bytes(), head.length)
  return { bytes, starts: starts.map(start => start + head.length), seq, ordinal }
}

test('a journal that grows byte by byte gives each record once, as soon as it is whole', () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 15 }), fc.array(fc.nat(200), { maxLength: 30 }), (writes, cuts) => {
      const { bytes } = segment(writes)
      const whole = drain(new JournalReader(), bytes, 0, true).items.map(told)
      const reader = new JournalReader()
      const items: object[] = []
      let length = 0
      for (const cut of [...cuts, bytes.length]) {
        length = Math.min(bytes.length, length + cut)
        const base = reader.at
        items.push(...drain(reader, bytes.subarray(base, length), base, false).items.map(told))
      }
      expect(items).toEqual(whole)
      expect(whole).toHaveLength(writes.length)
    }),
    { numRuns: 200 },
  )
})

test('any damage costs only the records it touches, and every seq is accounted for once', () => {
  fc.assert(
    fc.property(
      fc.array(write, { minLength: 3, maxLength: 20 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (writes, where, bits) => {
        const { bytes, starts, seq } = segment(writes)
        const hit = where % (writes.length - 1)
        const size = starts[hit + 1]! - starts[hit]!
        const whole = drain(new JournalReader(), bytes, 0, true).items.map(told)
        bytes[starts[hit]! + (where % size)]! ^= bits
        const reader = new JournalReader()
        const { items } = drain(reader, bytes, 0, true)
        const kept = items.filter(item => item.kind === 'points' || item.kind === 'meta').map(told)
        expect(kept.length).toBeGreaterThanOrEqual(whole.length - 1)
        for (const item of kept) expect(whole).toContainEqual(item)
        const counted = items.reduce(
          (sum, item) => sum + (item.kind === 'points' ? item.keys.length : item.kind === 'lost' ? item.count : 0),
          0,
        )
        expect(counted).toBe(reader.nextSeq)
        if (whole.slice(hit + 1).some(item => item.kind === 'points')) expect(reader.nextSeq).toBe(seq)
      },
    ),
    { numRuns: 300 },
  )
})

test('invented bytes behind a header never throw and never hang', () => {
  const head = formatSegmentHeader(JSON.stringify(HEADER))
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), fc.boolean(), (tail, closed) => {
      const bytes = new Uint8Array(head.length + tail.length)
      bytes.set(head)
      bytes.set(tail, head.length)
      drain(new JournalReader(), bytes, 0, closed)
    }),
  )
})

test('a torn segment followed by another reports the seqs between as lost', () => {
  const { bytes } = segment([
    { step: 0, time: 0, keys: [0, 1], value: 1 },
    { step: 1, time: 1, keys: [0, 1], value: 2 },
  ])
  const reader = new JournalReader()
  drain(reader, bytes.subarray(0, bytes.length - 8), 0, true)
  reader.beginSegment()
  const next = formatSegmentHeader(JSON.stringify({ ...HEADER, segment: 1, first_seq: 4 }))
  expect(drain(reader, next, 0, true).items).toEqual([{ kind: 'lost', first: 2, count: 2 }])
})

test('a reader may begin at any seq, also inside a record', () => {
  const { bytes } = segment([
    { step: 0, time: 0, keys: [0, 1, 2], value: 1 },
    { step: 1, time: 1, keys: [3], value: 2 },
  ])
  const reader = new JournalReader()
  reader.nextSeq = 2
  expect(drain(reader, bytes, 0, true).items.map(told)).toMatchObject([
    { seq: 2, keys: ['key.2'], values: [bitsOf(1)] },
    { seq: 3, keys: ['key.3'], values: [bitsOf(2)] },
  ])
})

test('bits told as hex come back', () => {
  for (const value of HARD_VALUES) expect(floatOf(bitsOf(value))).toBe(value)
})
