import { expect, test } from 'vitest'
import { flatten, showSetting } from './flatten'

test('nested settings become dotted rows; lists and empty groups stay whole', () => {
  const rows = flatten({ lr: 0.1, optim: { name: 'adam', betas: [0.9, 0.95], extra: {} }, note: null })
  expect(rows.map(row => `${row.name} ${showSetting(row.value)}`)).toEqual([
    'lr 0.1',
    'note null',
    'optim.betas [0.9,0.95]',
    'optim.extra {}',
    'optim.name adam',
  ])
  expect(flatten({})).toEqual([])
})
