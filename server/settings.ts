import { resolve } from 'node:path'
import { z } from 'zod'

const text = z.string().trim().min(1)
const url = (...protocols: string[]) =>
  text.refine(value => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be an address that begins with ${protocols.map(p => `${p}//`).join(' or ')}`,
  })
const flag = z.enum(['0', '1', 'true', 'false'], { error: 'must be 1 or 0' }).transform(v => v === '1' || v === 'true')
const port = z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535)

const variables = z.object({
  PORT: port.default(3000),
  HOST: text.default('127.0.0.1'),
  TRACKSIDE_DATA_DIR: text.default('./.trackside').transform(path => resolve(path)),
  TRACKSIDE_URL: url('http:', 'https:')
    .transform(value => value.replace(/\/+$/, ''))
    .optional(),
  TRACKSIDE_TRUST_PROXY: flag.default(false),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  TRACKSIDE_SECRET: text.min(32, { error: 'must have at least 32 characters' }).optional(),
  TRACKSIDE_LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  TRACKSIDE_OPEN_SIGNUP: flag.default(false),
  GITHUB_ID: text.optional(),
  GITHUB_SECRET: text.optional(),
  GOOGLE_ID: text.optional(),
  GOOGLE_SECRET: text.optional(),
  OIDC_ISSUER: url('http:', 'https:').optional(),
  OIDC_CLIENT_ID: text.optional(),
  OIDC_CLIENT_SECRET: text.optional(),
  TRACKSIDE_INIT_EMAIL: z.email({ error: 'must be an e-mail address' }).optional(),
  TRACKSIDE_INIT_PASSWORD: z.string().min(8, { error: 'must have at least 8 characters' }).optional(),
  TRACKSIDE_INIT_WORKSPACE: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,38}$/, { error: 'must be 2 to 39 of a-z, 0-9 and -, not beginning with -' })
    .optional(),
  TRACKSIDE_INIT_API_KEY: z
    .string()
    .regex(/^[A-Za-z0-9_-]{40,}$/, { error: 'must be 40 or more of A-Z, a-z, 0-9, _ and -' })
    .optional(),
})

const together = [
  ['GITHUB_ID', 'GITHUB_SECRET'],
  ['GOOGLE_ID', 'GOOGLE_SECRET'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
  ['TRACKSIDE_INIT_EMAIL', 'TRACKSIDE_INIT_PASSWORD'],
] as const

export type Settings = z.output<typeof variables>

/** Every variable that the server reads. */
export const settingNames = Object.keys(variables.shape)

/** All that is wrong with the environment, at once. */
export class SettingsError extends Error {
  constructor(faults: string[]) {
    super(`The settings are not right:\n${faults.map(fault => `  ${fault}`).join('\n')}`)
    this.name = 'SettingsError'
  }
}

/** Reads the environment once; an empty variable counts as absent. */
export function readSettings(environment: Record<string, string | undefined> = process.env): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = variables.safeParse(given)
  const faults = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  for (const group of together) {
    const absent = group.filter(name => given[name] === undefined)
    if (absent.length > 0 && absent.length < group.length)
      faults.push(`${absent.join(', ')}: needed beside ${group.filter(name => given[name] !== undefined).join(', ')}`)
  }
  if (faults.length > 0 || !parsed.success) throw new SettingsError(faults)
  return parsed.data
}
