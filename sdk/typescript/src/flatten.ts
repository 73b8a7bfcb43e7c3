import { checkKey, Refusal, toNumber } from './numbers.ts'

/** From what `log()` was given to keys and numbers: nested objects become `a/b`, null is skipped, the rest is judged. */
export interface Flat {
  keys: string[]
  values: number[]
  /** Whole numbers that float64 could not hold. */
  rounded: number
  refused: { key: string; reason: string }[]
}

const DEEPEST = 64

export function flatten(data: object): Flat {
  const flat: Flat = { keys: [], values: [], rounded: 0, refused: [] }
  walk(data, '', flat, 0)
  return flat
}

/** Plain objects and Maps nest; everything else is a value. */
export function isNested(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof Map) return true
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

function walk(data: object, prefix: string, flat: Flat, depth: number): void {
  const keys = data instanceof Map ? [...data.keys()] : Reflect.ownKeys(data)
  for (const key of keys) {
    if (typeof key !== 'string') {
      flat.refused.push({ key: prefix + shown(key), reason: 'the key is not a string' })
      continue
    }
    try {
      const value = data instanceof Map ? data.get(key) : (data as Record<string, unknown>)[key]
      if (value !== null && value !== undefined) take(prefix + key, value, flat, depth)
    } catch (error) {
      flat.refused.push({ key: prefix + key, reason: reasonOf(error) })
    }
  }
}

function take(name: string, value: unknown, flat: Flat, depth: number): void {
  if (isNested(value)) {
    if (depth === DEEPEST) throw new Refusal(`nested deeper than ${DEEPEST}`)
    walk(value, `${name}/`, flat, depth + 1)
    return
  }
  const { number, rounded } = toNumber(value)
  checkKey(name)
  flat.keys.push(name)
  flat.values.push(number)
  if (rounded) flat.rounded++
}

function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message
  return `a value that cannot be read: ${error instanceof Error ? error.name : typeof error}`
}

function shown(key: unknown): string {
  try {
    return String(key).slice(0, 100)
  } catch {
    return `<${typeof key}>`
  }
}
