import { expect, test } from 'vitest'
import { linesCsv } from './lines-csv'

const line = (name: string, xs: number[], ys: number[], raw?: number[]) => ({
  ...{ id: name, name, color: '', xs: Float64Array.from(xs), ys: Float64Array.from(ys) },
  ...(raw && { raw: Float64Array.from(raw) }),
})

test('every shown point is a row with its exact value, smoothed ones beside it', () => {
  const csv = linesCsv([line('a', [1, 2, 3], [0.5, 0.5, 0.5], [0.1 + 0.2, Number.NaN, 1])], 'step', [1, 2])
  expect(csv).toBe('line,step,value,smoothed\r\na,1,0.30000000000000004,0.5\r\na,2,NaN,0.5\r\n')
})

test('a name can hold anything and never becomes a formula', () => {
  const csv = linesCsv([line('=1+1', [1], [2]), line('a "b", c', [1], [3])], 'step', null)
  expect(csv).toBe('line,step,value\r\n\'=1+1,1,2\r\n"a ""b"", c",1,3\r\n')
})
