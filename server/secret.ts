import { createHmac, randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from './settings.ts'
import { keep } from './store/keep.ts'

/** The server's secret: given, or made once and kept in the data folder. */
export function serverSecret({
  TRACKSIDE_SECRET,
  TRACKSIDE_DATA_DIR,
}: Pick<Settings, 'TRACKSIDE_SECRET' | 'TRACKSIDE_DATA_DIR'>) {
  if (TRACKSIDE_SECRET) return TRACKSIDE_SECRET
  mkdirSync(TRACKSIDE_DATA_DIR, { recursive: true, mode: 0o700 })
  return keep(join(TRACKSIDE_DATA_DIR, 'secret'), () => randomBytes(32).toString('base64url'))
}

/** A password for one purpose, so that no two share one. */
export function derivedSecret(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(purpose).digest('base64url')
}
