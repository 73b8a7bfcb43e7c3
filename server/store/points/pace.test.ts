import { expect, test } from 'vitest'
import { Pace } from './pace.ts'

const MB = 1 << 20

test('with room in level 0, and before the sealer has said a word, frames are taken as they come', () => {
  const pace = new Pace(100 * MB)
  pace.committed(500 * MB)
  expect(pace.full).toBe(false)
  pace.told({ level0: 40 * MB, bytesPerSecond: 10 * MB })
  expect(pace.spacing(4 * MB)).toBe(0)
})

test('above half of the budget groups come at the pace of sealing, slower the fuller; at the brim none is taken', () => {
  const pace = new Pace(100 * MB)
  pace.told({ level0: 75 * MB, bytesPerSecond: 10 * MB })
  expect(pace.spacing(MB)).toBeCloseTo(100)
  pace.told({ level0: 90 * MB, bytesPerSecond: 10 * MB })
  expect(pace.spacing(MB)).toBeGreaterThan(140)
  expect(pace.full).toBe(false)
  pace.committed(10 * MB)
  expect(pace.full).toBe(true)
  pace.told({ level0: 10 * MB, bytesPerSecond: 10 * MB })
  expect(pace.full).toBe(false)
  expect(pace.spacing(MB)).toBe(0)
})
