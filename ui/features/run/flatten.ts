/** Nested settings as rows: `optim.lr`, in the order in which they were given. */
export function flatten(value: unknown, prefix = ''): { name: string; value: unknown }[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0)
    return prefix ? [{ name: prefix, value }] : []
  return Object.entries(value).flatMap(([name, inner]) => flatten(inner, prefix ? `${prefix}.${name}` : name))
}

/** A setting as it would be written in code. */
export function showSetting(value: unknown): string {
  if (typeof value === 'string') return value
  return JSON.stringify(value) ?? 'none'
}
