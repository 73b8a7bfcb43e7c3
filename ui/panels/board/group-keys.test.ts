import { expect, test } from 'vitest'
import { groupKeys } from './group-keys'

test('keys fall into sections by their first part, loose ones first, telemetry last, a loss at the head', () => {
  const keys = ['val/loss', 'loss', 'system/cpu', 'optim/lr', 'train/loss', 'train/acc', '/odd']
  expect(groupKeys(keys)).toEqual([
    { name: 'metrics', keys: ['loss', '/odd'] },
    { name: 'train', keys: ['train/loss', 'train/acc'] },
    { name: 'val', keys: ['val/loss'] },
    { name: 'optim', keys: ['optim/lr'] },
    { name: 'system', keys: ['system/cpu'] },
  ])
})

test('numbers in keys count as numbers, and a key is drawn once', () => {
  expect(groupKeys(['layer/10', 'layer/2', 'layer/10'])).toEqual([{ name: 'layer', keys: ['layer/2', 'layer/10'] }])
})
