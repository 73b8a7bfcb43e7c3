import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { system } from './actor.ts'
import { hasNoUsers } from './domain/accounts/index.ts'
import { found } from './domain/keys/index.ts'
import { workspaceSlug } from './domain/workspaces/index.ts'
import type { House } from './house.ts'
import { type Settings, SettingsError } from './settings.ts'
import { once } from './store/once.ts'

const isLoopback = (hostname: string) => /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(hostname)

/** Whether whoever comes first may own the server: only where it is reached from this machine alone. */
export function firstComerOwns(settings: Pick<Settings, 'HOST' | 'TRACKSIDE_TRUST_PROXY' | 'TRACKSIDE_URL'>): boolean {
  const { HOST, TRACKSIDE_TRUST_PROXY, TRACKSIDE_URL } = settings
  const publicHost = TRACKSIDE_URL === undefined ? HOST : new URL(TRACKSIDE_URL).hostname
  return isLoopback(HOST) && isLoopback(publicHost) && !TRACKSIDE_TRUST_PROXY
}

/** The same of one request: a name that somebody else's DNS points at this machine does not count. */
export const calledAsLoopback = (host: string | undefined) =>
  host !== undefined && URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname)

const hash = (token: string) => createHash('sha256').update(token).digest()
const token = () => once('first-owner', () => ({ hash: null as Buffer | null }))

/** Whether this is the token of the link that was printed at start. */
export function isFirstOwnerToken(given: string | undefined): boolean {
  const { hash: ours } = token()
  return ours !== null && given !== undefined && timingSafeEqual(ours, hash(given))
}

/** At start, on an empty server: makes the owner that the settings name, or prints the link that makes one. */
export async function prepareFirstOwner(house: House): Promise<void> {
  const { settings, log, db } = house
  if (!(await hasNoUsers(house))) return
  const { TRACKSIDE_INIT_EMAIL: email, TRACKSIDE_INIT_PASSWORD: password } = settings
  if (email && password) {
    const slug = firstWorkspace(settings)
    const ctx = { actor: system, requestId: 'start', address: '', log, db }
    await found(ctx, {
      name: email.split('@')[0] ?? email,
      email: email.toLowerCase(),
      password,
      workspace: { name: slug, slug },
      ...(settings.TRACKSIDE_INIT_API_KEY && { key: settings.TRACKSIDE_INIT_API_KEY }),
    })
    log.info(`made the first owner, ${email}`)
    return
  }
  if (firstComerOwns(settings)) return
  const made = randomBytes(32).toString('base64url')
  token().hash = hash(made)
  // Not through the log, which may be kept: whoever reads this link owns the server.
  console.log(`Nobody has an account here yet. Make the first owner: ${house.publicUrl()}/signup?token=${made}`)
}

function firstWorkspace({ TRACKSIDE_INIT_WORKSPACE = 'main' }: Settings): string {
  const { success, data, error } = workspaceSlug.safeParse(TRACKSIDE_INIT_WORKSPACE)
  if (success) return data
  throw new SettingsError(error.issues.map(({ message }) => `TRACKSIDE_INIT_WORKSPACE: ${message}`))
}
