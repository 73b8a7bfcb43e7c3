import { nonFiniteOf } from '../../../protocol/json-real.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
export type Settings = Record<string, unknown>

const isPlain = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Settings while they are changed, objects as maps: a change costs what it brings, not what is there. */
export type Tree = Map<string, unknown>

export const treeOf = (settings: Settings): Tree =>
  new Map(Object.entries(settings).map(([name, value]) => [name, isPlain(value) ? treeOf(value) : value]))

export const settingsOf = (tree: Tree): Settings =>
  Object.fromEntries(Array.from(tree, ([name, value]) => [name, value instanceof Map ? settingsOf(value) : value]))

/** By path: objects member by member, anything else replaced. */
export function merge(into: Tree, set: Settings): void {
  for (const [name, value] of Object.entries(set)) {
    const before = into.get(name)
    const after = isPlain(value) ? (before instanceof Map ? before : new Map()) : value
    into.set(name, after)
    if (isPlain(value)) merge(after as Tree, value)
  }
}

/** Takes out a name as it stands, or a path of names joined by `/`. */
export function unset(from: Tree, path: string): void {
  if (from.delete(path)) return
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    const inner = from.get(path.slice(0, at))
    if (inner instanceof Map) unset(inner, path.slice(at + 1))
  }
}

export interface Field {
  key: string
  num: number | null
  text: string | null
}

const FIELDS_MAX = 2000
const TEXT_MAX = 500

/** What lists filter and sort by: every leaf under its path, typed; lists as JSON text. */
export function flattened(settings: Settings): Field[] {
  const fields: Field[] = []
  const visit = (value: unknown, key: string) => {
    if (fields.length >= FIELDS_MAX || key.length > 1024) return
    if (isPlain(value))
      for (const [name, inner] of Object.entries(value)) visit(inner, key === '' ? name : `${key}/${name}`)
    else fields.push(fieldOf(key, value as Json))
  }
  visit(settings, '')
  return [...new Map(fields.map(field => [field.key, field])).values()]
}

function fieldOf(key: string, value: Json): Field {
  if (typeof value === 'number') return { key, num: value, text: null }
  if (typeof value === 'boolean') return { key, num: Number(value), text: String(value) }
  if (typeof value === 'string') return { key, num: nonFiniteOf(value) ?? null, text: value.slice(0, TEXT_MAX) }
  return { key, num: null, text: value === null ? null : JSON.stringify(value).slice(0, TEXT_MAX) }
}

/** What PostgreSQL's jsonb does not take: NUL and halves of surrogate pairs, in names and texts, are replaced. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD')
  if (Array.isArray(value)) return value.map(storable)
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [storable(name), storable(inner)]))
}
