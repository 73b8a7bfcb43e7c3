import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Database, openDatabase } from '../store/postgres.ts'
import { type RoleUrls, roleUrls } from '../store/roles.ts'

export interface TestDatabase {
  db: Database
  urls: RoleUrls
}

let copy: Promise<TestDatabase> | undefined

/** This worker's own copy of the migrated database; tests keep apart within it by minting workspaces. */
export function testDatabase(): Promise<TestDatabase> {
  copy ??= makeDatabase()
  return copy
}

/** A database of its own, for tests that stop, break or migrate it. */
export async function makeDatabase(from = inject('cluster').template): Promise<TestDatabase> {
  const { admin, secret } = inject('cluster')
  const name = `test_${randomBytes(6).toString('hex')}`
  const client = new pg.Client({ connectionString: admin })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${from} OWNER trackside_owner`)
  } finally {
    await client.end()
  }
  const urls = roleUrls(admin, name, secret)
  return { db: openDatabase(urls), urls }
}
