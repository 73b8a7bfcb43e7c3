import { expect, test } from 'vitest'
import { definitionOf, withDefinition } from './definitions.ts'

test('a key is defined by its own name, else by the pattern that says most of it', () => {
  const definitions = ['*', 'val/*', 'val/*/top*', 'val/acc'].map(name => ({ name }))
  const nameOf = (key: string) => definitionOf(definitions, key)?.name
  expect(['val/acc', 'val/loss', 'val/a/b/top5', 'val/top', 'train/loss', '_step'].map(nameOf)).toEqual([
    'val/acc',
    'val/*',
    'val/*/top*',
    'val/*',
    '*',
    undefined,
  ])
  expect(definitionOf([{ name: 'a*a' }, { name: 'loss' }], 'a')).toBeUndefined()
  expect(definitionOf([{ name: `${'*a'.repeat(500)}b` }], 'a'.repeat(1000))).toBeUndefined()
})

test('what is said again adds to what was said, unless it takes its place', () => {
  const first = withDefinition([], { k: 'define', name: 'acc', summary: ['max'], goal: 'maximize' })
  const more = withDefinition(first, { k: 'define', name: 'acc', step_metric: 'epoch', summary: ['last'] })
  expect(more).toEqual([{ name: 'acc', summary: ['last'], goal: 'maximize', step_metric: 'epoch' }])
  expect(withDefinition(more, { k: 'define', name: 'acc', hidden: true, overwrite: true })).toEqual([
    { name: 'acc', hidden: true },
  ])
})
