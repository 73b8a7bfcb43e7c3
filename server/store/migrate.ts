import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { everything, withSchemaEngine } from './schema-engine.ts'

interface Migration {
  name: string
  script: string
}

const lockNumber = 7_218_113_406 // any number that is ours: servers that start together migrate one after the other

export const migrationsFolder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** Brings the database to prisma/migrations, as trackside_owner. Returns the names of those it applied. */
export async function migrate(ownerUrl: string, folder = migrationsFolder): Promise<string[]> {
  const migrations = readMigrations(folder)
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockNumber])
    if (await upToDate(client, migrations)) return []
    const interrupted = await cutShort(client)
    const migrationsList = migrationList(folder, migrations)
    const applied = await withSchemaEngine(ownerUrl, async engine => {
      for (const migrationName of interrupted) await engine.markMigrationRolledBack({ migrationName })
      return engine.applyMigrations({ migrationsList, filters: everything })
    })
    await client.query('REVOKE ALL ON _prisma_migrations FROM trackside_app')
    return applied.appliedMigrationNames
  } finally {
    await client.end()
  }
}

export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => ({ name, script: readFileSync(join(folder, name, 'migration.sql'), 'utf8') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** In the engine's own words. */
export function migrationList(folder: string, migrations: Migration[]) {
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: readFileSync(join(folder, 'migration_lock.toml'), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, script }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: script } },
    })),
  }
}

/** Migrations that a kill or a fault interrupted: each script is one transaction, so nothing of them was kept. */
async function cutShort(client: pg.Client): Promise<string[]> {
  if (!(await hasHistory(client))) return []
  const { rows } = await client.query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  )
  return rows.map(row => row.migration_name)
}

async function hasHistory(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query("SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS found")
  return rows[0].found
}

/** Spares the engine's half second at every start after the first. */
async function upToDate(client: pg.Client, migrations: Migration[]): Promise<boolean> {
  if (!(await hasHistory(client))) return false
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  const applied = new Map(rows.map(row => [row.migration_name, row.checksum]))
  return migrations.every(({ name, script }) => applied.get(name) === createHash('sha256').update(script).digest('hex'))
}
