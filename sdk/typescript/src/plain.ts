const DEEPEST = 32
const LONGEST_TEXT = 10_000

/** Values of config and summary as JSON that every reader understands alike: what is not finite becomes the protocol's strings. */
export function toPlain(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'string':
      return plainText(value)
    case 'number':
      return Number.isFinite(value) ? value : String(value)
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
    case 'object':
      return value === null ? null : plainObject(value, depth)
    case 'undefined':
      return null
    default:
      return plainText(String(value))
  }
}

function plainObject(value: object, depth: number): unknown {
  try {
    if (depth >= DEEPEST) return plainText(String(value))
    if (value instanceof Date) return value.toJSON()
    if (value instanceof Map) return plainEntries([...value.entries()], depth)
    if (value instanceof Set) return Array.from(value, item => toPlain(item, depth + 1))
    if (Array.isArray(value)) return value.map(item => toPlain(item, depth + 1))
    if (ArrayBuffer.isView(value) && 'length' in value)
      return (value.length as number) <= 1000
        ? Array.from(value as unknown as ArrayLike<unknown>, item => toPlain(item, depth + 1))
        : plainText(String(value.constructor.name))
    const { toJSON } = value as { toJSON?: unknown }
    if (typeof toJSON === 'function') return toPlain(toJSON.call(value), depth + 1)
    return plainEntries(Object.entries(value), depth)
  } catch (error) {
    return `<${value.constructor?.name ?? 'object'}: ${error instanceof Error ? error.name : 'error'}>`
  }
}

function plainEntries(entries: [unknown, unknown][], depth: number): Record<string, unknown> {
  return Object.fromEntries(entries.map(([key, item]) => [plainText(String(key)), toPlain(item, depth + 1)]))
}

/** PostgreSQL's text holds neither NUL nor half a surrogate pair. */
export function plainText(text: string): string {
  const clean = text.replaceAll('\0', '\\0').toWellFormed()
  return clean.length <= LONGEST_TEXT ? clean : `${clean.slice(0, LONGEST_TEXT).toWellFormed()}…`
}
