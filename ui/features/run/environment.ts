import { formatBytes } from '@/ui/format/bytes'

/** What the SDK told of the machine. Any part may be absent, and a foreign writer may send anything: read with care. */
export type Environment = unknown

const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    value,
  )

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value ? value : typeof value === 'number' ? String(value) : undefined

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.flatMap(each => text(each) ?? []) : [])

/** "2 × H100 80 GB", or the processor where there is no accelerator. */
export function accelerators(environment: Environment): string | undefined {
  const devices = at(environment, 'gpu', 'devices')
  if (Array.isArray(devices) && devices.length > 0) {
    const counts = new Map<string, number>()
    for (const device of devices) {
      const memory = at(device, 'memory')
      const name = (text(at(device, 'name')) ?? 'GPU').replace(/^NVIDIA /, '')
      const label = typeof memory === 'number' && !/\d ?GB/.test(name) ? `${name} ${formatBytes(memory)}` : name
      counts.set(label, (counts.get(label) ?? 0) + 1)
    }
    return [...counts].map(([label, count]) => (count > 1 ? `${count} × ${label}` : label)).join(', ')
  }
  const cores = at(environment, 'cpu', 'count')
  return typeof cores === 'number' ? `${cores} ${cores === 1 ? 'core' : 'cores'}, no accelerator` : undefined
}

export function commitOf(environment: Environment) {
  const full = text(at(environment, 'git', 'commit'))
  if (!full) return undefined
  const dirty = at(environment, 'git', 'dirty') === true
  const files = (text(at(environment, 'git', 'diff')) ?? '').match(/^diff --git /gm)?.length ?? 0
  const changed = files === 1 ? '+ 1 changed file' : files > 1 ? `+ ${files} changed files` : '+ changes'
  return { full, short: full.slice(0, 7), changed: dirty ? changed : '' }
}

export function hostsOf(run: { environment: Environment; writers: readonly { host: string | null }[] }): string[] {
  const hosts = run.writers.flatMap(writer => writer.host ?? [])
  const own = text(at(run.environment, 'host'))
  return [...new Set(hosts.length > 0 ? hosts : own ? [own] : [])]
}

/** The rows of the overview, in the order in which people ask. */
export function environmentFacts(environment: Environment): { name: string; value: string }[] {
  const facts: [string, string | undefined][] = [
    ['command', texts(at(environment, 'argv')).join(' ') || undefined],
    ['folder', text(at(environment, 'cwd'))],
    ['host', text(at(environment, 'host'))],
    ['user', text(at(environment, 'user'))],
    ['system', text(at(environment, 'os', 'distribution')) ?? text(at(environment, 'os', 'system'))],
    ['machine', text(at(environment, 'os', 'machine'))],
    ['python', text(at(environment, 'python', 'version'))],
    ['node', text(at(environment, 'node', 'version')) ?? text(at(environment, 'node'))],
    ['processor', text(at(environment, 'cpu', 'model'))],
    ['cores', text(at(environment, 'cpu', 'count'))],
    ['memory', bytes(at(environment, 'memory'))],
    ['accelerators', at(environment, 'gpu') ? accelerators(environment) : undefined],
    ['driver', text(at(environment, 'gpu', 'driver'))],
    ['cuda', text(at(environment, 'gpu', 'cuda'))],
    ['container', text(at(environment, 'container'))],
  ]
  return facts.flatMap(([name, value]) => (value ? [{ name, value }] : []))
}

export function packagesOf(environment: Environment): { name: string; version: string }[] {
  const packages = at(environment, 'packages')
  if (typeof packages !== 'object' || packages === null || Array.isArray(packages)) return []
  return Object.entries(packages)
    .map(([name, version]) => ({ name, version: text(version) ?? '' }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { sensitivity: 'base' }))
}

export function gitFacts(environment: Environment): { name: string; value: string }[] {
  const git = ['remote', 'branch', 'commit'].flatMap(name => {
    const value = text(at(environment, 'git', name))
    return value ? [{ name, value }] : []
  })
  const commit = commitOf(environment)
  return commit?.changed ? [...git, { name: 'not committed', value: commit.changed.replace(/^\+ /, '') }] : git
}

export const diffOf = (environment: Environment): string | undefined => text(at(environment, 'git', 'diff'))

const bytes = (value: unknown) => (typeof value === 'number' ? formatBytes(value) : undefined)
