import pg from 'pg'
import { derivedSecret } from '../secret.ts'
import { scramVerifier } from './scram.ts'

const ownerRole = 'trackside_owner'
const appRole = 'trackside_app'

/** The addresses of a database for its two roles: the owner migrates and runs jobs, all doors use the other. */
export interface RoleUrls {
  owner: string
  app: string
}

export function roleUrls(server: string, database: string, secret: string): RoleUrls {
  const as = (role: string) => {
    const url = new URL(server)
    url.username = role
    url.password = derivedSecret(secret, role)
    url.pathname = `/${encodeURIComponent(database)}`
    return url.href
  }
  return { owner: as(ownerRole), app: as(appRole) }
}

/** Makes, or mends, both roles of our own cluster, and the database. */
export async function prepareEmbedded(admin: string, secret: string, database = 'trackside'): Promise<RoleUrls> {
  const urls = roleUrls(admin, database, secret)
  if ((await refusal(urls)) === undefined) return urls
  await connected(admin, async client => {
    for (const role of [ownerRole, appRole]) {
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role])
      await client.query(`${rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} ${rights(role, secret)}`)
    }
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
    if (!rowCount) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(database)} OWNER ${ownerRole}`)
  })
  return urls
}

/** Uses the roles of somebody else's server, makes them where allowed, else says what its administrator has to run. */
export async function prepareExternal(admin: string, secret: string): Promise<RoleUrls> {
  const database = decodeURIComponent(new URL(admin).pathname.slice(1)) || 'postgres'
  const urls = roleUrls(admin, database, secret)
  const reason = await refusal(urls)
  if (reason === undefined) return urls
  const statements = [
    ...[ownerRole, appRole].map(role => `CREATE ROLE ${role} ${rights(role, secret)}`),
    `GRANT ${ownerRole} TO CURRENT_USER`,
    `ALTER DATABASE ${pg.escapeIdentifier(database)} OWNER TO ${ownerRole}`,
  ]
  try {
    await connected(admin, client => client.query(['BEGIN', ...statements, 'COMMIT'].join('; ')))
  } catch (error) {
    throw new Error(
      `DATABASE_URL: ${ownerRole} and ${appRole} cannot sign in (${reason}), and making them failed ` +
        `(${(error as Error).message}).\nLet the server's administrator run this in database ${database} ` +
        `(ALTER ROLE instead of CREATE ROLE where a role exists), or set TRACKSIDE_SECRET to what made the roles:\n` +
        statements.map(statement => `  ${statement};`).join('\n'),
    )
  }
  return urls
}

const rights = (role: string, secret: string) =>
  `LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '${scramVerifier(derivedSecret(secret, role))}'`

async function refusal(urls: RoleUrls): Promise<string | undefined> {
  try {
    for (const url of [urls.owner, urls.app]) await connected(url, client => client.query('SELECT 1'))
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

async function connected(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
