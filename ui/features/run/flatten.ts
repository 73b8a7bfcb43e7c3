type Setting = { name: string; value: unknown }

const order = new Intl.Collator('en', { numeric: true })

/** Nested settings as rows, `optim.lr`, by name: the database keeps no order of theirs. */
export const flatten = (value: unknown): Setting[] => rowsOf(value, '').sort((a, b) => order.compare(a.name, b.name))

function rowsOf(value: unknown, prefix: string): Setting[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0)
    return prefix ? [{ name: prefix, value }] : []
  return Object.entries(value).flatMap(([name, inner]) => rowsOf(inner, prefix ? `${prefix}.${name}` : name))
}

/** A setting as it would be written in code. */
export function showSetting(value: unknown): string {
  if (typeof value === 'string') return value
  return JSON.stringify(value) ?? 'none'
}
