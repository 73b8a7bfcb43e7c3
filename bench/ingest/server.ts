import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'

export interface BenchServer {
  url: string
  key: string
  pid: number
  /** The embedded database, as its superuser. */
  sql: pg.Client
  postmaster: number
  stop(): Promise<void>
}

/** A real server in a process of its own on an embedded database of its own, without pages. */
export async function startBenchServer(): Promise<BenchServer> {
  const data = mkdtempSync(join(tmpdir(), 'trackside-bench-'))
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, '../../server/testing/serve.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TRACKSIDE_DATA_DIR: data, NODE_ENV: 'production', NODE_OPTIONS: '' },
  })
  const [line] = (await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line')) as [string]
  const { url, key, pid } = JSON.parse(line) as { url: string; key: string; pid: number }
  const sql = await superuser(data)
  return {
    url,
    key,
    pid,
    sql,
    postmaster: Number(read(data, 'postgres/postmaster.pid').split('\n')[0]),
    async stop() {
      await sql.end()
      child.stdin?.end()
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(data, { recursive: true, force: true })
    },
  }
}

const read = (data: string, name: string) => readFileSync(join(data, name), 'utf8').trim()

/** The embedded database of a data folder, as its superuser. */
export async function superuser(data: string): Promise<pg.Client> {
  const sql = new pg.Client({
    host: '127.0.0.1',
    port: Number(read(data, 'postgres.port')),
    user: 'postgres',
    password: read(data, 'postgres.password'),
    database: 'trackside',
  })
  await sql.connect()
  return sql
}
