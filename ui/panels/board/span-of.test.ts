import { expect, test } from 'vitest'
import { spanOf } from './span-of'

const widths = (count: number, columns: 3 | 4) =>
  Array.from({ length: count }, (_, at) => {
    const classes = spanOf(at, count).split(' ')
    const own = classes.find(each => each.startsWith(columns === 4 ? '@[1204px]' : '@[900px]'))
    const inherited = columns === 4 ? classes.find(each => each.startsWith('@[900px]')) : undefined
    return (own ?? inherited ?? '').endsWith('col-span-2') ? 2 : 1
  })

test('a section leaves no single hole at the end of its rows', () => {
  for (const columns of [3, 4] as const)
    for (let count = 2; count < 14; count++) {
      const hole = (columns - (widths(count, columns).reduce((a, b) => a + b, 0) % columns)) % columns
      expect(hole === 0 || hole >= 2, `${count} panels in ${columns} columns leave ${hole}`).toBe(true)
    }
  expect(widths(1, 3)).toEqual([2])
  expect(widths(2, 3)).toEqual([2, 1])
  expect(widths(2, 4)).toEqual([2, 2])
})
