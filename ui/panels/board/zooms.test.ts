import { expect, test } from 'vitest'
import { readZooms, writeZooms } from './zooms'

test('zooms survive the address, whatever the key', () => {
  const zooms = {
    'train/loss': [60_000, 90_000.5],
    'a,b~c%*': [-5, 1.8e12, 1e-7, 0.5],
    '*': [0, 1],
    '': [1, 2],
  } as const
  expect(readZooms(writeZooms(zooms))).toEqual(zooms)
})

test('an address that is not ours zooms nothing', () => {
  expect(readZooms('loss~9~1,~1~2,x,%E0%A4%A~1~2,loss~NaN~2,loss~1~2~3,loss~1~2~4~3')).toEqual({ '%E0%A4%A': [1, 2] })
})
