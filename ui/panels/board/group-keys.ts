export type KeyGroup = { name: string; keys: string[] }

export const LOOSE = 'metrics'

/**
 * Sections of a board: the part of a key before its first slash; keys without one come first, telemetry last.
 * Within a section a loss leads; else the order is that of people: layer 2 before layer 10.
 */
export function groupKeys(keys: Iterable<string>): KeyGroup[] {
  const groups = new Map<string, string[]>()
  for (const key of new Set(keys)) {
    const slash = key.indexOf('/')
    const name = slash > 0 ? key.slice(0, slash) : LOOSE
    const group = groups.get(name)
    if (group) group.push(key)
    else groups.set(name, [key])
  }
  return [...groups]
    .map(([name, members]) => ({
      name,
      keys: members.sort((a, b) => lossFirst(a) - lossFirst(b) || order.compare(a, b)),
    }))
    .sort((a, b) => rank(a.name) - rank(b.name) || order.compare(a.name, b.name))
}

const lossFirst = (key: string) => (/loss$/i.test(key) ? 0 : 1)

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** What is trained on, then what is held out, then the rest; telemetry last. */
const ranks: readonly RegExp[] = [/^metrics$/, /^train/i, /^(val|valid|validation|eval|dev|test)/i, /^(?!system$)/]

const rank = (name: string) => ranks.findIndex(pattern => pattern.test(name)) >>> 0
