import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { gpuDevices, readGpuProcesses, readGpus } from './gpu.ts'
import { Sampler } from './telemetry.ts'

/** A driver's tool that answers as nvidia-smi 570 does: two devices, one of which does not tell its power. */
const TOOL = `#!/bin/sh
case "$1" in
  *driver_version) echo "570.86.15"; echo "570.86.15" ;;
  *compute-apps*) echo "GPU-a, ${process.pid}, 1024"; echo "GPU-b, 1, 2048" ;;
  *) echo "0, NVIDIA H200, GPU-a, 143771, 97, 73216, 651.27, 64"
     echo "1, NVIDIA H200, GPU-b, 143771, 0, 4, [N/A], 31" ;;
esac
`
const path = process.env.PATH
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trackside-'))
  writeFileSync(join(folder, 'nvidia-smi'), TOOL)
  chmodSync(join(folder, 'nvidia-smi'), 0o755)
  process.env.PATH = `${folder}${delimiter}${path}`
})
afterEach(() => {
  process.env.PATH = path
  rmSync(folder, { recursive: true, force: true })
})

test('devices are read in bytes, watts and degrees; what one does not tell has no value', async () => {
  expect(await readGpus()).toEqual([
    {
      index: 0,
      name: 'NVIDIA H200',
      uuid: 'GPU-a',
      memoryTotal: 143771 * 2 ** 20,
      util: 97,
      memory: 73216 * 2 ** 20,
      power: 651.27,
      temp: 64,
    },
    {
      index: 1,
      name: 'NVIDIA H200',
      uuid: 'GPU-b',
      memoryTotal: 143771 * 2 ** 20,
      util: 0,
      memory: 4 * 2 ** 20,
      temp: 31,
    },
  ])
  expect(await readGpuProcesses()).toContainEqual({ uuid: 'GPU-a', pid: process.pid, bytes: 2 ** 30 })
  expect(await gpuDevices()).toMatchObject({ driver: '570.86.15', count: 2 })
})

test('a sample has keys for what is there, and a process only its own share', async () => {
  const sampler = new Sampler(folder)
  const machine = await sampler.machine()
  expect(machine.get('system/gpu.0.memory_util')).toBeCloseTo((100 * 73216) / 143771)
  expect(machine.has('system/gpu.1.power')).toBe(false)
  expect(machine.has('system/gpu.2.util')).toBe(false)
  const own = await sampler.process(process.pid)
  expect(own.get('system/gpu.0.process_memory')).toBe(2 ** 30)
  expect(own.has('system/gpu.1.process_memory')).toBe(false)
  expect(own.get('system/process.memory')).toBeGreaterThan(10_000_000)
})

test('rates come with the second sample', async () => {
  const sampler = new Sampler(folder)
  await sampler.machine()
  const again = await sampler.machine()
  for (const key of ['system/network.in', 'system/memory.used', 'system/disk.used', 'system/cpu.load'])
    expect([...again.keys()]).toContain(key)
})
