import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { cpuSeconds, keepResult } from '../machine.ts'
import { benchPython } from './python.ts'
import type { Load, Replayed } from './replay.ts'
import { startBenchServer } from './server.ts'

const full = { runs: 32, keys: 100, steps: 10_000 }
const quick = { runs: 6, keys: 100, steps: 10_000 }

/** Points a second through a real socket into durable storage, and bytes a point at rest. */
export async function benchIngest(options: string[]): Promise<void> {
  if (options.includes('--python')) return benchPython(options.includes('--quick') ? 500 : 5_000)
  const size = options.includes('--quick') ? quick : full
  const server = await startBenchServer()
  try {
    const durability = await settingsOf(server.sql)
    console.log(durability.map(({ name, setting }) => `${name} = ${setting}`).join(', '))
    const before = cpuSeconds(server.pid)
    const replayed = await replay({ ...size, url: server.url, key: server.key })
    const sealing = performance.now()
    await sealed(server.sql)
    const sealedAfter = (performance.now() - sealing) / 1000
    const serverCpu = cpuSeconds(server.pid) - before
    await ringEmptied(server.sql)
    const relations = await sizes(server.sql)
    const bytes = relations.reduce((sum, relation) => sum + relation.bytes, 0)
    const figures = {
      load: size,
      durability: Object.fromEntries(durability.map(({ name, setting }) => [name, setting])),
      points_per_second: Math.round(replayed.points / replayed.seconds),
      points_per_second_until_sealed: Math.round(replayed.points / (replayed.seconds + sealedAfter)),
      ack_ms: replayed.ackMs,
      wire_bytes_per_point: round(replayed.bytes / replayed.points),
      bytes_per_point: round(bytes / replayed.points),
      seconds: round(replayed.seconds),
      seconds_sealing_after: round(sealedAfter),
      server_cpu_seconds: round(serverCpu),
      replay_cpu_seconds: round(replayed.cpuSeconds),
      busy: replayed.busy,
      relations,
    }
    report(figures)
    console.log(`kept in ${keepResult(options.includes('--quick') ? 'ingest-quick' : 'ingest', figures)}`)
  } finally {
    await server.stop()
  }
}

const round = (value: number) => Math.round(100 * value) / 100

function report(figures: { relations: { name: string; bytes: number }[] } & Record<string, unknown>): void {
  const { relations, ...rest } = figures
  for (const [name, value] of Object.entries(rest)) console.log(`${name.padEnd(32)} ${JSON.stringify(value)}`)
  for (const { name, bytes } of relations) console.log(`  ${name.padEnd(30)} ${(bytes / 2 ** 20).toFixed(1)} MB`)
}

async function replay(load: Load): Promise<Replayed> {
  const child = fork(join(import.meta.dirname, 'replay.ts'), [JSON.stringify(load)], { stdio: 'inherit' })
  console.log(`packing ${((load.runs * load.keys * load.steps) / 1e6).toFixed(1)} M points`)
  await once(child, 'message')
  child.send('go')
  const [replayed] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the replaying process ended with ${code}`))),
  ])) as [Replayed]
  return replayed
}

async function settingsOf(sql: pg.Client) {
  const names = ['fsync', 'full_page_writes', 'synchronous_commit', 'wal_level', 'shared_buffers', 'max_wal_size']
  const { rows } = await sql.query<{ name: string; setting: string }>(
    'SELECT name, current_setting(name) AS setting FROM pg_settings WHERE name = ANY ($1) ORDER BY name',
    [names],
  )
  return rows
}

async function until(what: string, met: () => Promise<boolean>, seconds: number): Promise<void> {
  const deadline = Date.now() + 1000 * seconds
  while (!(await met())) {
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain until ${what}`)
    await pause(100)
  }
}

const sealed = (sql: pg.Client) =>
  until(
    'all is sealed',
    async () => (await sql.query('SELECT FROM metric_head WHERE cursor > sealed')).rowCount === 0,
    300,
  )

const ringEmptied = (sql: pg.Client) =>
  until(
    'level 0 has given its space back',
    async () => {
      const { rows } = await sql.query<{ bytes: string }>(
        `SELECT sum(pg_total_relation_size(inhrelid)) AS bytes FROM pg_inherits WHERE inhparent = 'metric_frame'::regclass`,
      )
      return Number(rows[0]?.bytes) < 8 * 64 * 1024
    },
    90,
  )

/** All that the metric tables take: heap, TOAST, indexes, and what vacuum has not reclaimed. */
async function sizes(sql: pg.Client) {
  const { rows } = await sql.query<{ name: string; bytes: string }>(
    `SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class
     WHERE relname LIKE 'metric\\_%' AND relkind = 'r' ORDER BY 2 DESC`,
  )
  return rows.map(({ name, bytes }) => ({ name, bytes: Number(bytes) }))
}
