import { formatBytes } from '@/ui/format/bytes'
import { formatNumber } from '@/ui/format/number'

/** Telemetry keys that are read together: `system/gpu.*.util` holds one line a GPU. */
export type Lane = { name: string; unit: string; keys: string[] }

const ORDER = ['gpu', 'cpu', 'memory', 'process', 'network', 'disk']

export function lanesOf(keys: Iterable<string>): Lane[] {
  const lanes = new Map<string, string[]>()
  for (const key of new Set(keys)) {
    const name = nameOf(key)
    lanes.set(name, [...(lanes.get(name) ?? []), key])
  }
  return [...lanes]
    .map(([name, members]) => ({ name, unit: unitOf(members[0] ?? name), keys: members.sort(order.compare) }))
    .sort((a, b) => rank(a.name) - rank(b.name) || order.compare(a.name, b.name))
}

/** What a line of a lane is called: the part that the lane's star stands for. */
export function lineName(lane: Lane, key: string): string {
  const [before = '', after = ''] = lane.name.split('*')
  if (!lane.name.includes('*')) return ''
  const part = key.slice(before.length, key.length - after.length)
  return before.endsWith('gpu.') ? `gpu ${part}` : part
}

export function showUnit(value: number, unit: string): string {
  if (!Number.isFinite(value)) return formatNumber(value)
  if (unit === 'B') return formatBytes(value)
  if (unit === 'B/s') return `${formatBytes(value)}/s`
  if (unit === '%') return `${value.toFixed(value < 10 ? 1 : 0)} %`
  return unit ? `${formatNumber(value, 3)} ${unit}` : formatNumber(value, 3)
}

const order = new Intl.Collator('en', { numeric: true })

const rank = (name: string) => {
  const at = ORDER.findIndex(part => name.startsWith(`system/${part}`))
  return at < 0 ? ORDER.length : at
}

function nameOf(key: string): string {
  return key
    .replace(/^system\/gpu\.\d+\./, 'system/gpu.*.')
    .replace(/^system\/network\.(in|out)$/, 'system/network.*')
    .replace(/^system\/disk\.(read|write)$/, 'system/disk.*')
}

const units: readonly [RegExp, string][] = [
  [/(util|process\.cpu)$/, '%'],
  [/\.(in|out|read|write)$/, 'B/s'],
  [/(memory|\.used)$/, 'B'],
  [/\.power$/, 'W'],
  [/\.temp$/, '°C'],
]

const unitOf = (key: string) => units.find(([pattern]) => pattern.test(key))?.[1] ?? ''
