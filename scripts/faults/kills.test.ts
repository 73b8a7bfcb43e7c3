import { expect, test } from 'vitest'
import { killAndVerify } from './kills.ts'

test('a server killed before an ack and while it seals keeps every point once', async () => {
  const { kills, points } = await killAndVerify('server', 2, ['frame sent, ack not come', 'sealing'])
  expect(kills).toEqual({ 'any moment': 0, 'frame sent, ack not come': 1, sealing: 1 })
  expect(points).toBeGreaterThan(1000)
}, 120_000)

test('a database killed before an ack keeps every point once', async () => {
  const { points } = await killAndVerify('database', 1, ['frame sent, ack not come'])
  expect(points).toBeGreaterThan(1000)
}, 120_000)
