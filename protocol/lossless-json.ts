/**
 * JSON that keeps what JSON loses: moments, the three non-finite numbers and -0. Each becomes `{ "$": kind, "v": … }`; an object
 * that has a `$` of its own is wrapped alike. Between our server and our screens only; programs get the contract's plain JSON.
 */
type Tagged = { $: 'date'; v: number } | { $: 'number'; v: string } | { $: 'plain'; v: Record<string, unknown> }

export function toLossless(value: unknown): unknown {
  if (typeof value === 'number') {
    const kept = Number.isFinite(value) && !Object.is(value, -0)
    return kept ? value : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) }
  }
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return { $: 'date', v: value.getTime() }
  if (Array.isArray(value)) return value.map(toLossless)
  const mapped = mapValues(value, toLossless)
  return '$' in value ? { $: 'plain', v: mapped } : mapped
}

/** What `toLossless` was given. */
export function fromLossless(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(fromLossless)
  if (!('$' in value)) return mapValues(value, fromLossless)
  const tagged = value as Tagged
  if (tagged.$ === 'date') return new Date(tagged.v)
  if (tagged.$ === 'number') return Number(tagged.v)
  return mapValues(tagged.v, fromLossless)
}

const mapValues = (value: object, map: (inner: unknown) => unknown) =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, map(inner)]))
