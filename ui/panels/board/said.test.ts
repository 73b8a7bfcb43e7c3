import { expect, test } from 'vitest'
import { saidOf } from './said'

const key = (name: string, definition?: object) => ({ key: name, definition: definition && { name, ...definition } })

test('a panel shows the x that user code named, once it was logged, and never itself', () => {
  const said = saidOf([
    key('epoch', { step_metric: 'epoch' }),
    key('val/acc', { step_metric: 'epoch', goal: 'maximize' }),
    key('val/loss', { step_metric: 'epoch', step_sync: false }),
    key('early', { step_metric: 'never logged' }),
    key('plain'),
  ])
  expect(said.get('val/acc')).toEqual({ x: { x: 'value', xKey: 'epoch', align: 'last' }, goal: 'maximize' })
  expect(said.get('val/loss')?.x).toMatchObject({ align: 'exact' })
  expect([said.get('epoch')?.x, said.get('early')?.x, said.get('plain')]).toEqual([null, null, undefined])
})
