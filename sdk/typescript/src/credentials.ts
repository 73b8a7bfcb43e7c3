import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { FileLock } from './flock.ts'
import { readJson, replaceJson } from './folder.ts'

/** Keys: what `trackside login` remembers, and what a launch hands to the agent of its folder. */

export const DEFAULT_BASE_URL = 'http://127.0.0.1:3000'

/** The address without a slash at its end; `localhost:3000` gets its scheme. */
export function cleanUrl(url: string): string {
  const clean = url.trim().replace(/\/+$/, '')
  return clean.includes('://') ? clean : `http://${clean}`
}

/** The first 12 hex digits of the key's SHA-256: names a key without telling it. */
export function keyHint(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12)
}

export function credentialsPath(): string {
  return join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'trackside', 'credentials.json')
}

export function rememberedKey(baseUrl: string): string | null {
  const key = readJson(credentialsPath())?.[cleanUrl(baseUrl)]
  return typeof key === 'string' ? key : null
}

/**
 * Remembers an API key for a server, for this user of this machine (a file of mode 600). Nothing is sent. A `host` that is
 * named is also the one to which the rest of this process logs.
 */
export function login(key: string, host?: string): void {
  const baseUrl = cleanUrl(host || process.env.TRACKSIDE_BASE_URL || DEFAULT_BASE_URL)
  if (host) process.env.TRACKSIDE_BASE_URL = baseUrl
  const path = credentialsPath()
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  replaceJson(path, { ...readJson(path), [baseUrl]: key.trim() }, 0o600)
}

type Keys = Record<string, Record<string, string>>

/** Puts a key where the folder's agent finds it, and gives its hint for the journal's header. */
export function handOver(folder: string, baseUrl: string, key: string): string {
  const hint = keyHint(key)
  const path = join(folder, 'keys.json')
  if ((readJson(path) as Keys | null)?.[baseUrl]?.[hint] === key) return hint
  const lock = FileLock.take(`${path}.lock`, 5)
  try {
    const known = (readJson(path) ?? {}) as Keys
    replaceJson(path, { ...known, [baseUrl]: { ...known[baseUrl], [hint]: key } }, 0o600)
  } finally {
    if (lock instanceof FileLock) lock.release()
  }
  return hint
}

/** The key for a journal: the one its hint names, else the folder's last for that server, else the machine's. */
export function findKey(folder: string, baseUrl: string, hint: string | undefined): string | null {
  const mine = (readJson(join(folder, 'keys.json')) as Keys | null)?.[baseUrl]
  const named = mine && ((hint && mine[hint]) || Object.values(mine).at(-1))
  return named || process.env.TRACKSIDE_API_KEY || rememberedKey(baseUrl)
}
