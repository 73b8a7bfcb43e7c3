/**
 * SQLSTATE classes that say the data itself cannot be stored: data exception, constraint, program limit. Beside them,
 * what is nested too deep to be walked. Trying again does not help.
 */
export function isFaultOfData(error: unknown): boolean {
  if (error instanceof RangeError) return true
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^(22|23|54)...$/.test(code)
}
