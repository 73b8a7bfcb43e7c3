import { afterEach, expect, test } from 'vitest'
import { encodePart } from '@/protocol/answer'
import { askSeries, type PanelQuestion } from './ask-series'
import { wordsOf } from './first-answer'

const question: PanelQuestion = { runs: ['7'], keys: ['loss'], x: 'step', window: null, width: 300, held: [] }
const end = (id: string, cursor: number) =>
  new Response(new Uint8Array(encodePart({ part: 'end', id, runs: [{ run: '7', epoch: 1, cursor }] }, [])))

const { fetch } = globalThis

afterEach(() => {
  globalThis.fetch = fetch
  Reflect.deleteProperty(globalThis, 'window')
})

const endOf = (asked: PanelQuestion) =>
  new Promise<number | undefined>((resolve, reject) => {
    askSeries(asked, {
      series: () => {},
      end: ({ runs }) => resolve(runs[0]?.cursor),
      failed: ({ message }) => reject(new Error(message)),
    })
  })

test('what the page asked before its scripts ran is handed over once; the same asked again, or anything else, is asked', async () => {
  const first = { questions: [wordsOf(question)], answer: Promise.resolve(end('f0', 5)) }
  Object.assign(globalThis, { window: { firstSeries: first } })
  const asked: string[] = []
  globalThis.fetch = async (_, init) => {
    const { panels } = JSON.parse(String(init?.body)) as { panels: { id: string }[] }
    asked.push(...panels.map(({ id }) => id))
    return end(panels[0]?.id ?? '', 6)
  }
  expect(await endOf({ ...question, width: 301 })).toBe(6)
  expect(await endOf(question)).toBe(5)
  expect(asked).toHaveLength(1)
  expect(await endOf(question)).toBe(6)
  expect(asked).toHaveLength(2)
})
