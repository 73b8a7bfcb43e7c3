import { goalOf } from '@/ui/panels/goal'

export type KeyGroup = { name: string; keys: string[] }

export const LOOSE = 'metrics'

/**
 * Sections of a board: the part of a key before its first slash. What one trains for leads: losses, then scores, then the
 * rest; what only counts or schedules (epoch, step, lr) follows. Among equals the order is that of people: layer 2 before
 * layer 10. Keys without a slash come first unless they are only counters; telemetry comes last.
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
      keys: members.sort((a, b) => interest(a) - interest(b) || order.compare(a, b)),
    }))
    .sort((a, b) => rank(a) - rank(b) || order.compare(a.name, b.name))
}

const LOSS = /(^|[/_.-])(\w*loss|nll|perplexity|ppl)$/i

const COUNTER = /(^|[/_.-])((global_?)?steps?|epochs?|iter(ation)?s?|batch(es)?|lr|learning_rate|time|elapsed)$/i

const COUNTS = 3

function interest(key: string): number {
  if (LOSS.test(key)) return 0
  if (COUNTER.test(key)) return COUNTS
  return goalOf(key) === 'maximize' ? 1 : 2
}

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** What is trained on, then what is held out, then the rest; telemetry last. */
const ranks: readonly RegExp[] = [/^metrics$/, /^train/i, /^(val|valid|validation|eval|dev|test)/i, /^(?!system$)/]

function rank({ name, keys }: KeyGroup): number {
  if (name === LOOSE && keys.every(key => interest(key) === COUNTS)) return ranks.length
  const at = ranks.findIndex(pattern => pattern.test(name))
  return at < 0 ? ranks.length + 1 : at
}
