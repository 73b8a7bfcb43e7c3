import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodeParts } from './answer.ts'
import { encodeFrame } from './encode-frame.ts'
import { isProtocolError } from './errors.ts'
import { decodeFrame, pointsOf } from './frame.ts'
import { goldenFiles } from './golden/files.ts'
import { bitsOf } from './golden/values.ts'

const folder = new URL('golden/', import.meta.url)
const made = goldenFiles()
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)))
const told = (name: string) => JSON.parse(new TextDecoder().decode(read(name)))

test('making the golden files again gives the same bytes, and no file is left over', () => {
  for (const [name, bytes] of made) expect(Buffer.compare(read(name), bytes), name).toBe(0)
  const files = readdirSync(folder).filter(name => !name.endsWith('.ts'))
  expect(files.toSorted()).toEqual([...made.keys()].toSorted())
})

test.each([...made.keys()].filter(name => /^(frame|cut)-.*tsf$/.test(name)))(
  '%s reads as told and writes the same bytes',
  name => {
    const bytes = read(name)
    const frame = decodeFrame(bytes)
    const json = told(name.replace('.tsf', '.json'))
    expect([...pointsOf(frame)].map(point => ({ ...point, value: bitsOf(point.value) }))).toEqual(json.points)
    expect(frame).toMatchObject({
      writer: json.writer,
      first: json.first,
      last: json.last,
      keys: json.keys,
      holes: json.holes,
    })
    expect(Buffer.compare(encodeFrame(frame), bytes)).toBe(0)
  },
)

test.each([...made.keys()].filter(name => /^bad-.*tsf$/.test(name)))(
  '%s is refused with one sentence that names the section',
  name => {
    let error: unknown
    try {
      decodeFrame(read(name))
    } catch (thrown) {
      error = thrown
    }
    expect(isProtocolError(error)).toBe(true)
    expect((error as Error).message).toMatch(/^[^\n]+\.$/)
    expect((error as Error).message.startsWith(told(name.replace('.tsf', '.json')).error)).toBe(true)
  },
)

test('the answer reads as told', () => {
  const json = told('answer.json')
  const parts = [...decodeParts(read('answer.tsa'))]
  expect(parts.map(part => part.json)).toEqual(json.parts.map((part: { json: object }) => part.json))
  const [steps, times, values] = json.parts[0].columns
  const { columns } = parts[0]!
  expect([...columns.whole(steps.whole.length, 'steps')]).toEqual(steps.whole)
  expect([...columns.whole(times.whole.length, 'times')]).toEqual(times.whole)
  expect(Array.from(columns.floats(values.floats.length, 'values'), bitsOf)).toEqual(values.floats)
})
