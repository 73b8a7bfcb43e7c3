import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { cpuSeconds } from '../machine.ts'
import type { Measure } from '../row.ts'
import { throughPython } from './python.ts'
import type { Load, Replayed } from './replay.ts'
import { startBenchServer } from './server.ts'

const loads = { full: { runs: 32, keys: 100, steps: 10_000 }, quick: { runs: 6, keys: 100, steps: 10_000 } }

/** Points a second through a real socket into durable storage, and bytes a point at rest. */
export const benchIngest: Measure = async size => {
  const load = loads[size]
  const server = await startBenchServer()
  try {
    const durability = await settingsOf(server.sql)
    const before = cpuSeconds(server.pid)
    const replayed = await replay({ ...load, url: server.url, key: server.key })
    const sealing = performance.now()
    await sealed(server.sql)
    const sealedAfter = (performance.now() - sealing) / 1000
    const serverCpu = cpuSeconds(server.pid) - before
    await ringEmptied(server.sql)
    const relations = await sizes(server.sql)
    const bytes = relations.reduce((sum, relation) => sum + relation.bytes, 0)
    const { points, seconds, ackMs } = replayed
    const python = await throughPython(server, size === 'full' ? 5_000 : 500)
    return {
      figures: [
        { what: 'points a second, acked', unit: '/s', value: points / seconds, goal: 1e6, better: 'higher' },
        { what: 'points a second until all is sealed', unit: '/s', value: points / (seconds + sealedAfter) },
        { what: 'ack: p50', unit: 'ms', value: ackMs.p50 },
        { what: 'ack: p99', unit: 'ms', value: ackMs.p99, goal: 250 },
        { what: 'at rest, all relations counted, the mix', unit: 'B/point', value: bytes / points, goal: 3 },
        { what: 'on the wire to the server', unit: 'B/point', value: replayed.bytes / points, goal: 6 },
        ...python,
      ],
      details: { load, durability, replayed, sealedAfter, serverCpu, relations },
    }
  } finally {
    await server.stop()
  }
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
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
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
