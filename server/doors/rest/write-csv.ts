import { csvText } from '../../../protocol/csv.ts'
import type { SeriesPoints } from '../../domain/metrics/index.ts'
import { writersOf } from './write-json.ts'

const LINES = 5_000

/**
 * RFC 4180: key, labels, step, time, value, writer; a point a line. A text that a spreadsheet would take for a formula begins
 * with an apostrophe (docs/decisions/004-csv-for-spreadsheets.md); numbers are as they are.
 */
export async function* csvOf(groups: AsyncIterable<SeriesPoints[]>): AsyncGenerator<string> {
  yield 'key,labels,step,time,value,writer\r\n'
  for await (const series of groups)
    for (const one of series) {
      const { steps, times, values } = one
      const begin = `${csvText(one.key)},${csvText(labelsOf(one))}`
      const writers = writersOf(one)
      for (let from = 0; from < steps.length; from += LINES) {
        const lines = Array.from(steps.subarray(from, from + LINES), (step, i) => {
          const value = values[from + i] as number
          return `${begin},${step},${times[from + i]},${Object.is(value, -0) ? '-0' : value},${writers[from + i]}\r\n`
        })
        yield lines.join('')
      }
    }
}

export function labelsOf({ labels }: SeriesPoints): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}:${value}`)
    .join(',')
}
