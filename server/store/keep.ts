import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** A secret of the data folder: read, or made once for its owner's eyes only. */
export function keep(file: string, make: () => string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const made = make()
  writeFileSync(file, `${made}\n`, { mode: 0o600 })
  return made
}
