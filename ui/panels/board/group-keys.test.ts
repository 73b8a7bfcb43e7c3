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

test('a section opens with losses and scores; what only counts or schedules ends it', () => {
  const keys = ['epoch', 'lr', 'accuracy', 'grad_norm', 'train_loss', 'step', 'aux_loss']
  expect(groupKeys(keys)).toEqual([
    { name: 'metrics', keys: ['aux_loss', 'train_loss', 'accuracy', 'grad_norm', 'epoch', 'lr', 'step'] },
  ])
})

test('loose keys that only count do not stand above what was trained for', () => {
  const keys = ['epoch', 'train/loss', 'system/cpu', 'optim/norm']
  expect(groupKeys(keys).map(group => group.name)).toEqual(['train', 'optim', 'metrics', 'system'])
})

test('numbers in keys count as numbers, and a key is drawn once', () => {
  expect(groupKeys(['layer/10', 'layer/2', 'layer/10'])).toEqual([{ name: 'layer', keys: ['layer/2', 'layer/10'] }])
})
