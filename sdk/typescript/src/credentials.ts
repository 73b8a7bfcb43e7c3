import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { UsageError } from './errors.ts'
import { FileLock } from './flock.ts'
import { readJson, replaceJson } from './folder.ts'

/** Keys: what `trackside login` remembers, and what a launch hands to the agent of its folder. */

const DEFAULT_BASE_URL = 'http://127.0.0.1:3000'
const KEY = /^[A-Za-z0-9_-]{40,}$/

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

/** Keys by address, in order of login. */
function remembered(): Map<string, string> {
  const known = Object.entries(readJson(credentialsPath()) ?? {})
  return new Map(known.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

export function rememberedKey(baseUrl: string): string | null {
  return remembered().get(cleanUrl(baseUrl)) ?? null
}

/** The variables' address. */
export function namedBaseUrl(): string | null {
  const named = process.env.TRACKSIDE_BASE_URL || process.env.WANDB_BASE_URL
  return named ? cleanUrl(named) : null
}

/** The address that was logged in to last. */
export function lastLogin(): string | null {
  return [...remembered().keys()].at(-1) ?? null
}

/** Where to go when nobody says: the variables' address, else the one last logged in to, else this machine's. */
export function defaultBaseUrl(): string {
  return namedBaseUrl() ?? lastLogin() ?? DEFAULT_BASE_URL
}

/** Says that there is no key for this server, and what to do about it. */
export function missingKey(baseUrl: string): string {
  const other = [...remembered().keys()].filter(url => url !== baseUrl).at(-1)
  if (!other) return `no API key for ${baseUrl}: set TRACKSIDE_API_KEY or run \`trackside login --host ${baseUrl}\``
  const there = `there is one for ${other}: set TRACKSIDE_BASE_URL=${other} if that is meant`
  return `no API key for ${baseUrl}; ${there}, else run \`trackside login --host ${baseUrl}\``
}

/**
 * Remembers an API key for a server, for this user of this machine (a file of mode 600). Nothing is sent. Throws UsageError for
 * what cannot be a key. The server that was logged in to last is where trainings and `Api` go when nothing else is said; a
 * `host` that is named is also where the rest of this process goes.
 */
export function login(key: string, host?: string): void {
  const baseUrl = host ? cleanUrl(host) : defaultBaseUrl()
  const clean = checkedKey(key, baseUrl)
  if (host) process.env.TRACKSIDE_BASE_URL = baseUrl
  const path = credentialsPath()
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const known = remembered()
  known.delete(baseUrl)
  replaceJson(path, Object.fromEntries(known.set(baseUrl, clean)), 0o600)
}

/** The key without white space around it; UsageError says where to get one where it cannot be one. */
function checkedKey(key: unknown, baseUrl: string): string {
  const clean = typeof key === 'string' ? key.trim() : ''
  if (KEY.test(clean)) return clean
  const wrong = clean ? 'that is no API key: 40 or more of A-Z a-z 0-9 _ -' : 'the API key is empty'
  throw new UsageError(`${wrong}; make one at ${baseUrl}: your workspace, Settings, Keys`)
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

/**
 * The keys for a journal, each tried when the ones before it were refused: the one its hint names, the folder's for that server
 * with the last one first, the variables', the one logged in with.
 */
export function findKeys(folder: string, baseUrl: string, hint: string | undefined): string[] {
  const mine = (readJson(join(folder, 'keys.json')) as Keys | null)?.[baseUrl] ?? {}
  const variable = process.env.TRACKSIDE_API_KEY || process.env.WANDB_API_KEY
  const named = hint === undefined ? undefined : mine[hint]
  const found = [named, ...Object.values(mine).toReversed(), variable, rememberedKey(baseUrl)]
  return [...new Set(found.filter(key => typeof key === 'string' && key !== ''))] as string[]
}
