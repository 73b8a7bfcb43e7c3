import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { schemaDrift } from '../testing/schema-drift.ts'
import { makeDatabase, testDatabase } from '../testing/test-db.ts'
import { migrate } from './migrate.ts'

test('the migrations make exactly what schema.prisma says', async () => {
  expect(await schemaDrift(inject('cluster').admin)).toBe('')
})

test('a migrated database has nothing left to apply, also when many servers start at once', async () => {
  const { urls } = await testDatabase()
  expect(await Promise.all([1, 2, 3].map(() => migrate(urls.owner)))).toEqual([[], [], []])
})

test('a migration that a kill cut short is applied at the next start', async () => {
  const { db, urls } = await makeDatabase('template0')
  await db.close()
  const client = new pg.Client({ connectionString: urls.owner })
  await client.connect()
  const applied = await migrate(urls.owner)
  // As a kill within the script leaves it: begun, not finished, nothing kept.
  await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  await client.query(`CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL,
    finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`)
  await client.query("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', 'x', $1)", [
    applied[0],
  ])
  await client.end()
  expect(await migrate(urls.owner)).toEqual(applied)
})
