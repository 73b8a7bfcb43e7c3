import { UsageError } from './errors.ts'
import { isNested } from './flatten.ts'
import { toPlain } from './plain.ts'

type Items = Record<string, unknown>

/** `run.summary`: an object that tells its changes. Members are set and deleted like any object's. */
export type Told = Items & {
  /** Nested objects are merged by path. */
  update(values: object): void
}

/**
 * `run.config`: the same, but a value that is there stays: another one throws UsageError, unless `allowValChange` says that
 * it may change.
 */
export type Config = Items & {
  update(values: object, options?: { allowValChange?: boolean }): void
}

export interface Change {
  set?: Items
  unset?: string[]
}

type Tell = (change: Change) => void

export function toldObject(tell: Tell): Told {
  return proxied(tell, () => {})
}

export function configObject(tell: Tell): Config {
  return proxied(tell, (items, changes) => {
    const [found] = changed(items, changes, '')
    if (!found) return
    const [path, before, after] = [found.path, found.before, found.after].map(value => JSON.stringify(value))
    throw new UsageError(
      `config ${path} is ${before} and would become ${after}: update(…, { allowValChange: true }) allows it`,
    )
  })
}

function proxied(tell: Tell, check: (items: Items, changes: Items) => void): Config {
  const items: Items = {}
  const update = (values: object, { allowValChange = false } = {}) => {
    const changes = { ...(values instanceof Map ? Object.fromEntries(values) : values) } as Items
    if (Object.keys(changes).length === 0) return
    if (!allowValChange) check(items, changes)
    merge(items, changes)
    tell({ set: toPlain(changes) as Items })
  }
  return new Proxy(items, {
    get: (target, name, self) => (name === 'update' ? update : Reflect.get(target, name, self)),
    set(_, name, value) {
      if (typeof name !== 'string') return false
      update({ [name]: value })
      return true
    },
    deleteProperty(target, name) {
      if (typeof name === 'string' && name in target) {
        delete target[name]
        tell({ unset: [name] })
      }
      return true
    },
  }) as Config
}

/** What is there and would be another. */
function changed(items: Items, changes: Items, above: string): { path: string; before: unknown; after: unknown }[] {
  return Object.entries(changes).flatMap(([key, after]) => {
    if (!Object.hasOwn(items, key)) return []
    const before = items[key]
    if (isNested(before) && isNested(after)) return changed(before as Items, after as Items, `${above}${key}/`)
    const same = JSON.stringify(toPlain(before)) === JSON.stringify(toPlain(after))
    return same ? [] : [{ path: above + key, before: toPlain(before), after: toPlain(after) }]
  })
}

function merge(into: Items, changes: Items): void {
  for (const [key, value] of Object.entries(changes)) {
    const before = into[key]
    if (isNested(value) && isNested(before)) {
      const copy = { ...before } as Items
      merge(copy, value as Items)
      into[key] = copy
    } else into[key] = value
  }
}
