import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JournalItem } from '../../../protocol/journal-reader.ts'
import { Journal } from './journal.ts'
import { Tail } from './tail.ts'
import { headerOf, newWriterId } from './writer.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trackside-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function open(at = folder) {
  const writer = newWriterId()
  const header = { run: 'r', project: 'p', workspace: null, base_url: 'http://x', labels: {} }
  return {
    writer,
    journal: new Journal(at, headerOf({ folder: at, name: 'l', online: false, header }, writer, 'user')),
  }
}

function readAll(writer: string, upto = -1, meta = -1): JournalItem[] {
  const tail = new Tail(folder, writer, upto, meta)
  const items: JournalItem[] = []
  for (let more = tail.read(true); more.length > 0; more = tail.read(true)) items.push(...more)
  tail.close()
  return items
}

test('what was put is read back, across segments, from any mark on', () => {
  const { writer, journal } = open()
  const keys = Array.from({ length: 100 }, (_, i) => `key.${i}`)
  for (let step = 0; step < 5000; step++) {
    journal.putPoints(
      keys,
      keys.map((_, i) => step + i),
      step,
      1000 + step,
    )
    if (step % 1000 === 0) journal.putMeta(JSON.stringify({ k: 'summary', set: { step } }))
  }
  journal.close()
  expect(readdirSync(folder).length).toBeGreaterThan(1)
  const items = readAll(writer)
  expect(items.filter(item => item.kind === 'points')).toHaveLength(5000)
  expect(items.filter(item => item.kind === 'meta')).toHaveLength(5)
  expect(items.at(-1)).toMatchObject({ kind: 'points', seq: 499_900, step: 4999, time: 5999 })
  const rest = readAll(writer, 499_949, 3)
  expect(rest[0]).toMatchObject({ kind: 'meta', ordinal: 4 })
  expect(rest.at(-1)).toMatchObject({ kind: 'points', seq: 499_950, keys: keys.slice(50) })
})

test('a tail that follows sees each record once, as soon as it is written', () => {
  const { writer, journal } = open()
  const tail = new Tail(folder, writer)
  expect(tail.read(false)).toEqual([])
  for (let i = 0; i < 200; i++) {
    journal.putPoints(['a'], [i], i)
    expect(tail.read(false)).toMatchObject([{ kind: 'points', seq: i, step: i }])
    expect(tail.read(false)).toEqual([])
  }
  tail.close()
  journal.close()
})

test('what the disk refuses waits in memory and is written in order once it can be', () => {
  const blocked = join(folder, 'blocked')
  writeFileSync(blocked, 'a file where the folder should be')
  const { writer, journal } = open(blocked)
  expect(journal.trouble).not.toBeNull()
  expect(journal.putPoints(['a'], [1], 0)).toBe(true)
  journal.putMeta('{"k":"summary","set":{"x":1}}')
  expect(journal.putPoints(['a', 'b'], [2, 3], 1)).toBe(true)
  rmSync(blocked)
  mkdirSync(blocked)
  expect(journal.putPoints(['b'], [4], 2)).toBe(true)
  journal.close()
  expect(journal.trouble).toBeNull()
  folder = blocked
  expect(readAll(writer)).toMatchObject([
    { kind: 'points', seq: 0, keys: ['a'] },
    { kind: 'meta', ordinal: 0 },
    { kind: 'points', seq: 1, keys: ['a', 'b'] },
    { kind: 'points', seq: 3, keys: ['b'] },
  ])
})

test('memory is bounded: what it cannot hold is told at once', () => {
  const { journal } = open('/dev/null/nowhere')
  const keys = Array.from({ length: 1000 }, (_, i) => `key.${i}`)
  const values = new Float64Array(1000)
  const kept = Array.from({ length: 1002 }, (_, step) => journal.putPoints(keys, values, step))
  expect(kept.filter(Boolean)).toHaveLength(1000)
  expect(journal.seq).toBe(1_000_000)
})
