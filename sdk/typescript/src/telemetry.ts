import { readdirSync, readFileSync, statfsSync } from 'node:fs'
import { cpus, freemem, loadavg, totalmem } from 'node:os'
import { readGpuProcesses, readGpus } from './gpu.ts'

/** Samples this machine: names and units are in protocol/agent.md. A device that is absent has no key. */
export type Sample = Map<string, number>

/** ms between samples of a run that is `age` ms old: dense at first, when somebody watches. */
export function pauseAfter(age: number): number {
  return age < 120_000 ? 1000 : age < 3_600_000 ? 2000 : 5000
}

const TICKS_A_SECOND = 100 // USER_HZ on every Linux of today
const PAGE_BYTES = 4096
const SECTOR_BYTES = 512
const WHOLE_DISK = /^(sd[a-z]+|vd[a-z]+|xvd[a-z]+|hd[a-z]+|nvme\d+n\d+|mmcblk\d+)$/

interface Process {
  pid: number
  ticks: number
  threads: number
  bytes: number
}

/** Rates (bytes/s, % of a core) are since the last sample, so the first one has none. */
export class Sampler {
  readonly #folder: string
  readonly #before = new Map<string, { at: number; count: number }>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** CPU, memory, disk, network and accelerators. */
  async machine(): Promise<Sample> {
    const sample: Sample = new Map()
    for (const part of [this.#cpu, this.#memory, this.#disk, this.#network]) {
      try {
        part.call(this, sample)
      } catch {
        // a counter that fails is absent, the others stay
      }
    }
    for (const { index, memoryTotal, ...gpu } of await readGpus()) {
      for (const name of ['util', 'memory', 'power', 'temp'] as const)
        set(sample, `system/gpu.${index}.${name}`, gpu[name])
      if (gpu.memory !== undefined) set(sample, `system/gpu.${index}.memory_util`, (100 * gpu.memory) / memoryTotal)
    }
    return sample
  }

  /** A training and its children: % of one core, bytes resident, threads, bytes on each GPU. */
  async process(pid: number): Promise<Sample> {
    const sample: Sample = new Map()
    const family = familyOf(pid)
    if (family.length === 0) return sample
    const sum = (count: (one: Process) => number) => family.reduce((total, one) => total + count(one), 0)
    sample.set(
      'system/process.memory',
      sum(one => one.bytes),
    )
    sample.set(
      'system/process.threads',
      sum(one => one.threads),
    )
    const share = this.#rate(`process ${pid}`, sum(one => one.ticks) / TICKS_A_SECOND)
    set(sample, 'system/process.cpu', share === undefined ? undefined : 100 * share)
    const pids = new Set(family.map(one => one.pid))
    const gpus = await readGpus()
    if (gpus.length === 0) return sample
    for (const { uuid, pid, bytes } of await readGpuProcesses()) {
      const key = `system/gpu.${gpus.find(gpu => gpu.uuid === uuid)?.index}.process_memory`
      if (pids.has(pid)) sample.set(key, (sample.get(key) ?? 0) + bytes)
    }
    return sample
  }

  #cpu(sample: Sample): void {
    const times = cpus().map(cpu => cpu.times)
    const idle = times.reduce((sum, time) => sum + time.idle, 0)
    const all = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, idle)
    const before = this.#before.get('cpu all')
    const idleBefore = this.#before.get('cpu idle')
    if (before && idleBefore && all > before.count)
      sample.set('system/cpu.util', 100 * (1 - (idle - idleBefore.count) / (all - before.count)))
    this.#before.set('cpu all', { at: 0, count: all })
    this.#before.set('cpu idle', { at: 0, count: idle })
    set(sample, 'system/cpu.load', loadavg()[0])
  }

  #memory(sample: Sample): void {
    const available = availableMemory()
    const total = totalmem()
    sample.set('system/memory.used', total - available)
    sample.set('system/memory.util', (100 * (total - available)) / total)
  }

  #disk(sample: Sample): void {
    const { blocks, bfree, bavail, bsize } = statfsSync(this.#folder)
    const used = (blocks - bfree) * bsize
    sample.set('system/disk.used', used)
    sample.set('system/disk.util', (100 * used) / (used + bavail * bsize))
    let read = 0
    let written = 0
    for (const line of linesOf('/proc/diskstats')) {
      const fields = line.trim().split(/\s+/)
      if (!WHOLE_DISK.test(fields[2] ?? '')) continue
      read += Number(fields[5]) * SECTOR_BYTES
      written += Number(fields[9]) * SECTOR_BYTES
    }
    set(sample, 'system/disk.read', this.#rate('disk read', read))
    set(sample, 'system/disk.write', this.#rate('disk write', written))
  }

  #network(sample: Sample): void {
    let received = 0
    let sent = 0
    for (const line of linesOf('/proc/net/dev').slice(2)) {
      const [name = '', counters = ''] = line.trim().split(/:\s*/)
      const fields = counters.split(/\s+/).map(Number)
      if (name.startsWith('lo') || fields.length < 9) continue
      received += fields[0] as number
      sent += fields[8] as number
    }
    set(sample, 'system/network.in', this.#rate('network in', received))
    set(sample, 'system/network.out', this.#rate('network out', sent))
  }

  /** Counts a second since the last sample. */
  #rate(name: string, count: number): number | undefined {
    const at = performance.now() / 1000
    const before = this.#before.get(name)
    this.#before.set(name, { at, count })
    if (!before || at <= before.at || count < before.count) return undefined
    return (count - before.count) / (at - before.at)
  }
}

function set(sample: Sample, key: string, value: number | undefined): void {
  if (value !== undefined) sample.set(key, value)
}

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').filter(Boolean)
}

function availableMemory(): number {
  try {
    return (
      1024 * Number(/^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? Number.NaN) ||
      freemem()
    )
  } catch {
    return freemem()
  }
}

function processOf(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const at = (field: number) => fields[field] ?? 0
    return { pid, ticks: at(11) + at(12), threads: at(17), bytes: at(21) * PAGE_BYTES }
  } catch {
    return null // it has ended meanwhile
  }
}

/** The process and its children, and theirs. */
function familyOf(pid: number): Process[] {
  const process = processOf(pid)
  return process ? [process, ...childrenOf(pid).flatMap(familyOf)] : []
}

/** The kernel keeps them by thread: far cheaper than a look at every process of the machine each second. */
function childrenOf(pid: number): number[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    const lists = threads.map(thread => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8'))
    return lists.flatMap(list => list.split(' ').filter(Boolean).map(Number))
  } catch {
    return [] // it has ended meanwhile, or this kernel does not tell
  }
}
