import { isNested } from './flatten.ts'
import { toPlain } from './plain.ts'

type Items = Record<string, unknown>

/** `run.config` and `run.summary`: objects that tell their changes. Members are set and deleted like any object's. */
export type Told = Items & {
  /** Nested objects are merged by path. */
  update(values: object): void
}

export interface Change {
  set?: Items
  unset?: string[]
}

export function toldObject(tell: (change: Change) => void): Told {
  const items: Items = {}
  const update = (values: object) => {
    const changes = { ...(values instanceof Map ? Object.fromEntries(values) : values) } as Items
    if (Object.keys(changes).length === 0) return
    merge(items, changes)
    tell({ set: toPlain(changes) as Items })
  }
  return new Proxy(items, {
    get: (target, name, self) => (name === 'update' ? update : Reflect.get(target, name, self)),
    set(target, name, value) {
      if (typeof name !== 'string') return false
      if (isNested(value)) delete target[name]
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
  }) as Told
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
