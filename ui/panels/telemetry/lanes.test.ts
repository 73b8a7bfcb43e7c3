import { expect, test } from 'vitest'
import { lanesOf, lineName, showUnit } from './lanes'

test('GPUs share a lane, accelerators come first, numbers count as numbers', () => {
  const lanes = lanesOf([
    'system/disk.read',
    'system/gpu.10.util',
    'system/cpu.util',
    'system/gpu.2.util',
    'system/disk.write',
  ])
  expect(lanes).toEqual([
    { name: 'system/gpu.*.util', unit: '%', keys: ['system/gpu.2.util', 'system/gpu.10.util'] },
    { name: 'system/cpu.util', unit: '%', keys: ['system/cpu.util'] },
    { name: 'system/disk.*', unit: 'B/s', keys: ['system/disk.read', 'system/disk.write'] },
  ])
})

test('a line is named by what the star stands for', () => {
  const [gpu, cpu, disk] = lanesOf(['system/gpu.3.memory', 'system/cpu.load', 'system/disk.write'])
  if (!gpu || !cpu || !disk) throw new Error('three lanes')
  expect(lineName(gpu, 'system/gpu.3.memory')).toBe('gpu 3')
  expect(lineName(cpu, 'system/cpu.load')).toBe('')
  expect(lineName(disk, 'system/disk.write')).toBe('write')
})

test('figures carry their unit', () => {
  expect(showUnit(96.8, '%')).toBe('97 %')
  expect(showUnit(0.4, '%')).toBe('0.4 %')
  expect(showUnit(72_900_000_000, 'B')).toBe('72.9 GB')
  expect(showUnit(1200, 'B/s')).toBe('1.2 kB/s')
  expect(showUnit(656.2, 'W')).toBe('656 W')
  expect(showUnit(1.25, '')).toBe('1.25')
})
