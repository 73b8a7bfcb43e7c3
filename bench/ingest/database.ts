import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'

export async function settingsOf(sql: pg.Client) {
  const names = ['fsync', 'full_page_writes', 'synchronous_commit', 'wal_level', 'shared_buffers', 'max_wal_size']
  const { rows } = await sql.query<{ name: string; setting: string }>(
    'SELECT name, current_setting(name) AS setting FROM pg_settings WHERE name = ANY ($1) ORDER BY name',
    [names],
  )
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
}

async function until(what: string, met: () => Promise<boolean>, seconds: number): Promise<void> {
  const deadline = Date.now() + 1000 * seconds
  while (!(await met())) {
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain until ${what}`)
    await pause(100)
  }
}

export const sealed = (sql: pg.Client) =>
  until(
    'all is sealed',
    async () => (await sql.query('SELECT FROM metric_head WHERE cursor > sealed')).rowCount === 0,
    300,
  )

/** Bytes of all partitions of level 0. */
export async function levelZero(sql: pg.Client): Promise<number> {
  const { rows } = await sql.query<{ bytes: string }>(
    `SELECT sum(pg_total_relation_size(inhrelid)) AS bytes FROM pg_inherits WHERE inhparent = 'metric_frame'::regclass`,
  )
  return Number(rows[0]?.bytes)
}

export const ringEmptied = (sql: pg.Client) =>
  until('level 0 has given its space back', async () => (await levelZero(sql)) < 8 * 64 * 1024, 90)

/** All that the metric tables take: heap, TOAST, indexes, and what vacuum has not reclaimed. */
export async function sizes(sql: pg.Client) {
  const { rows } = await sql.query<{ name: string; bytes: string }>(
    `SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class
     WHERE relname LIKE 'metric\\_%' AND relkind = 'r' ORDER BY 2 DESC`,
  )
  return rows.map(({ name, bytes }) => ({ name, bytes: Number(bytes) }))
}
