import { encodePart } from '../answer.ts'
import { toUtf8 } from '../bytes.ts'
import { encodeFrame } from '../encode-frame.ts'
import { decodeFrame, type Frame, pointsOf } from '../frame.ts'
import { framesOf } from '../frame-builder.ts'
import { formatSegmentHeader, RecordWriter } from '../journal.ts'
import { type JournalItem, JournalReader } from '../journal-reader.ts'
import { BAD_FRAMES } from './bad-frames.ts'
import { CUTS, FRAMES } from './frames.ts'
import { type GoldenJournal, JOURNALS, type Write } from './journals.ts'
import { bitsOf, HARD_VALUES, TIME } from './values.ts'

/** Every golden file by name: bytes, and beside them JSON that says exactly what is in them. */
export function goldenFiles(): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  const add = (name: string, ending: string, bytes: Uint8Array, told: object) => {
    files.set(`${name}.${ending}`, bytes)
    files.set(`${name}.json`, toUtf8(`${JSON.stringify(told, null, 1)}\n`))
  }
  for (const { name, about, frame } of FRAMES) {
    const bytes = encodeFrame(frame)
    add(`frame-${name}`, 'tsf', bytes, { about, ...toldFrame(decodeFrame(bytes)) })
  }
  for (const { name, about, records, bytesMax } of CUTS)
    [...framesOf(WRITER_OF_CUTS, records, bytesMax)].forEach((bytes, i) => {
      add(`cut-${name}-${i}`, 'tsf', bytes, { about, ...toldFrame(decodeFrame(bytes)) })
    })
  for (const { name, error, bytes } of BAD_FRAMES) add(`bad-${name}`, 'tsf', bytes(), { error })
  for (const journal of JOURNALS) {
    const bytes = journalBytes(journal)
    add(`journal-${journal.name}`, 'tsj', bytes, toldJournal(journal, bytes))
  }
  add('answer', 'tsa', answerBytes(), ANSWER)
  return files
}

const WRITER_OF_CUTS = '0f1e2d3c4b5a69788796a5b4c3d2e1f0'

function toldFrame(frame: Frame) {
  return {
    writer: frame.writer,
    first: frame.first,
    last: frame.last,
    keys: frame.keys,
    shapes: frame.shapes.map(shape => ({
      keys: shape.keys,
      steps: [...shape.steps],
      times: [...shape.times],
      columns: shape.columns.map(column => Array.from(column, bitsOf)),
    })),
    order: frame.order && [...frame.order],
    holes: frame.holes,
    points: [...pointsOf(frame)].map(point => ({ ...point, value: bitsOf(point.value) })),
  }
}

function journalBytes(journal: GoldenJournal): Uint8Array {
  const head = formatSegmentHeader(JSON.stringify(journal.header))
  const records = journal.writes.map(recordBytes)
  const starts: number[] = []
  let end = head.length
  for (const record of records) {
    starts.push(end)
    end += record.length
  }
  const bytes = new Uint8Array(end + (journal.zeros ?? 0))
  bytes.set(head)
  records.forEach((record, i) => void bytes.set(record, starts[i]))
  if (journal.flip) bytes[starts[journal.flip.record]! + journal.flip.at]! ^= 0x5a
  for (const i of journal.blank ?? []) bytes.fill(0, starts[i], starts[i]! + records[i]!.length)
  return bytes.subarray(0, bytes.length - (journal.cut ?? 0))
}

function recordBytes(write: Write): Uint8Array {
  const writer = new RecordWriter()
  if ('key' in write) writer.key(write.key.number, write.key.name)
  else if ('meta' in write) writer.meta(write.meta.ordinal, write.meta.json)
  else {
    const { seq, step, time, keys, values } = write.points
    writer.points(seq, step, time, keys, values)
  }
  return writer.bytes()
}

function toldJournal(journal: GoldenJournal, bytes: Uint8Array) {
  const { about, header, writes, zeros = 0, flip = null, blank = [], cut = 0, closed } = journal
  const reader = new JournalReader()
  reader.nextSeq = header.first_seq
  reader.nextMeta = header.first_meta
  const reads: object[] = []
  const items = reader.read(bytes, 0, closed)
  let item = items.next()
  for (; !item.done; item = items.next()) reads.push(toldItem(item.value))
  return {
    about,
    header: JSON.stringify(header),
    writes: writes.map(write =>
      'points' in write ? { points: { ...write.points, values: write.points.values.map(bitsOf) } } : write,
    ),
    damage: { zeros, flip, blank, cut },
    closed,
    reads,
    stop: item.value,
    stops_at: reader.at,
    next_seq: reader.nextSeq,
    next_meta: reader.nextMeta,
  }
}

function toldItem(item: JournalItem): object {
  return item.kind === 'points' ? { ...item, values: Array.from(item.values, bitsOf) } : item
}

const ANSWER = {
  about: 'Two parts: one series with three columns, and an end without columns.',
  parts: [
    {
      json: { part: 'series', key: '損失', n: HARD_VALUES.length },
      columns: [
        { whole: HARD_VALUES.map((_, i) => 10 * i) },
        { whole: HARD_VALUES.map((_, i) => TIME + i * i) },
        { floats: HARD_VALUES.map(bitsOf) },
      ],
    },
    { json: { part: 'end' }, columns: [] },
  ],
}

function answerBytes(): Uint8Array {
  const steps = Float64Array.from(HARD_VALUES, (_, i) => 10 * i)
  const times = Float64Array.from(HARD_VALUES, (_, i) => TIME + i * i)
  const floats = Float64Array.from(HARD_VALUES)
  const series = encodePart(ANSWER.parts[0]!.json, [{ whole: steps }, { whole: times }, { floats }])
  const end = encodePart(ANSWER.parts[1]!.json, [])
  const bytes = new Uint8Array(series.length + end.length)
  bytes.set(series)
  bytes.set(end, series.length)
  return bytes
}
