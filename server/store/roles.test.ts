import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requireDurability } from './durability.ts'
import { type Embedded, startEmbedded } from './embedded/index.ts'
import { migrate } from './migrate.ts'
import { openDatabase } from './postgres.ts'
import { prepareExternal } from './roles.ts'

// Somebody else's server: a cluster without our roles.
const folder = mkdtempSync(join(tmpdir(), 'trackside-test-'))
let cluster: Embedded
beforeAll(async () => {
  cluster = await startEmbedded(folder)
  await asAdministrator("CREATE DATABASE theirs; CREATE ROLE guest LOGIN PASSWORD 'guest'")
})
afterAll(async () => {
  await cluster?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function asAdministrator(statements: string) {
  const client = new pg.Client({ connectionString: cluster.url })
  await client.connect()
  for (const statement of statements.split('; ')) await client.query(statement)
  await client.end()
}

const secret = 'one secret of at least 32 characters'
const theirs = () => cluster.url.replace(/postgres$/, 'theirs')

test('who may not make roles is told the SQL for who may, without a password in the clear', async () => {
  const asGuest = theirs().replace(/\/\/[^@]+@/, '//guest:guest@')
  const refused = prepareExternal(asGuest, secret)
  await expect(refused).rejects.toThrow(
    /CREATE ROLE trackside_owner [\s\S]*CREATE ROLE trackside_app .*'SCRAM-SHA-256\$/,
  )
  await expect(refused).rejects.toThrow('ALTER DATABASE "theirs" OWNER TO trackside_owner')
})

test('who may make roles needs nothing by hand; the roles then do for every start', async () => {
  const urls = await prepareExternal(theirs(), secret)
  await migrate(urls.owner)
  await requireDurability(urls.app)
  const db = openDatabase(await prepareExternal(theirs(), secret))
  const role = await db.asIdentity(async ({ sql }) => (await sql.query('SELECT current_user AS role')).rows[0])
  expect(role).toEqual({ role: 'trackside_app' })
  await expect(db.asIdentity(({ sql }) => sql.query('CREATE TABLE mine (n int)'))).rejects.toThrow('permission denied')
  await db.close()
})

test('another secret does not take the roles over', async () => {
  await prepareExternal(theirs(), secret)
  await expect(prepareExternal(theirs(), `not ${secret}`)).rejects.toThrow(
    /set TRACKSIDE_SECRET to what made the roles/,
  )
  await prepareExternal(theirs(), secret)
})

test('a server that acknowledges before it is on disk is refused', async () => {
  const setting = 'synchronous_commit'
  const urls = await prepareExternal(theirs(), secret)
  await asAdministrator(`ALTER ROLE trackside_app SET ${setting} = off`)
  await expect(requireDurability(urls.app)).rejects.toThrow(`${setting} is off`)
  await asAdministrator(`ALTER ROLE trackside_app RESET ${setting}`)
})
