import { execFile } from 'node:child_process'

/** NVIDIA devices, as the driver's own tool tells them: Node has no NVML bindings. No tool, no devices. */
export interface Gpu {
  index: number
  name: string
  uuid: string
  memoryTotal: number
  util?: number
  memory?: number
  power?: number
  temp?: number
}

const FIELDS = 'index,name,uuid,memory.total,utilization.gpu,memory.used,power.draw,temperature.gpu'
const MIB = 1_048_576
let absent = false

export async function readGpus(): Promise<Gpu[]> {
  const lines = await query('--query-gpu', FIELDS)
  return lines.map(([index, name, uuid, total, util, used, power, temp]) => ({
    index: Number(index),
    name: name ?? '',
    uuid: uuid ?? '',
    memoryTotal: Number(total) * MIB,
    ...numbers({ util, memory: used, power, temp }),
  }))
}

/** Bytes that each process holds on each device, by the device's uuid. */
export async function readGpuProcesses(): Promise<{ uuid: string; pid: number; bytes: number }[]> {
  const lines = await query('--query-compute-apps', 'gpu_uuid,pid,used_memory')
  return lines.map(([uuid, pid, used]) => ({ uuid: uuid ?? '', pid: Number(pid), bytes: Number(used) * MIB }))
}

/** For the environment record; null where there is none. */
export async function gpuDevices(): Promise<object | null> {
  const gpus = await readGpus()
  if (gpus.length === 0) return null
  const [[driver] = []] = await query('--query-gpu', 'driver_version')
  return { driver, count: gpus.length, devices: gpus.map(({ name, memoryTotal }) => ({ name, memory: memoryTotal })) }
}

function numbers(texts: Record<'util' | 'memory' | 'power' | 'temp', string | undefined>): Partial<Gpu> {
  const found: Partial<Gpu> = {}
  for (const name of ['util', 'memory', 'power', 'temp'] as const) {
    const number = Number.parseFloat(texts[name] ?? '') // "[N/A]" where the device does not tell
    if (Number.isFinite(number)) found[name] = name === 'memory' ? number * MIB : number
  }
  return found
}

function query(what: string, fields: string): Promise<string[][]> {
  if (absent) return Promise.resolve([])
  return new Promise(resolve => {
    const args = [`${what}=${fields}`, '--format=csv,noheader,nounits']
    execFile('nvidia-smi', args, { timeout: 4000 }, (error, stdout) => {
      absent ||= (error as NodeJS.ErrnoException | null)?.code === 'ENOENT'
      resolve(
        error
          ? []
          : stdout
              .split('\n')
              .filter(Boolean)
              .map(line => line.split(', ')),
      )
    })
  })
}
