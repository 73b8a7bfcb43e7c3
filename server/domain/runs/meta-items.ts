type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
export type Settings = Record<string, unknown>

const isPlain = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Merged by path: objects member by member, anything else replaced. */
export function mergedSettings(into: Settings, set: Settings): Settings {
  const merged = new Map(Object.entries(into))
  for (const [name, value] of Object.entries(set)) {
    const before = merged.get(name)
    merged.set(name, isPlain(value) ? mergedSettings(isPlain(before) ? before : {}, value) : value)
  }
  return Object.fromEntries(merged)
}

/** Without these: a name as it stands, or a path of names joined by `/`. */
export function withoutPaths(settings: Settings, paths: string[]): Settings {
  return paths.reduce((left, path) => without(left, path), settings)
}

function without(settings: Settings, path: string): Settings {
  const left = new Map(Object.entries(settings))
  if (left.delete(path)) return Object.fromEntries(left)
  for (const [name, value] of left)
    if (path.startsWith(`${name}/`) && isPlain(value)) left.set(name, without(value, path.slice(name.length + 1)))
  return Object.fromEntries(left)
}

export interface Field {
  key: string
  num: number | null
  text: string | null
}

const FIELDS_MAX = 2000
const TEXT_MAX = 500
const nonFinite = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])

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
  if (typeof value === 'string') return { key, num: nonFinite.get(value) ?? null, text: value.slice(0, TEXT_MAX) }
  return { key, num: null, text: value === null ? null : JSON.stringify(value).slice(0, TEXT_MAX) }
}

/** What PostgreSQL's jsonb does not take: NUL and halves of surrogate pairs, in names and texts, are replaced. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD')
  if (Array.isArray(value)) return value.map(storable)
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [storable(name), storable(inner)]))
}
