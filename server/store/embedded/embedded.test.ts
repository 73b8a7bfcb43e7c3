import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startEmbedded } from './index.ts'
import { isPostmaster, readPostmaster } from './leftover.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trackside-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query({ text, rowMode: 'array' }).finally(() => client.end())
  return rows[0]?.[0]
}

/** Tries until it succeeds: a database that comes back refuses connections for a moment. */
async function eventually<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 15_000
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise(resolve => setImmediate(resolve))
    }
  }
}

test('it listens on loopback with a password that only its owner can read, and keeps its port', async () => {
  const first = await startEmbedded(folder)
  expect(await ask(first.url, 'SHOW listen_addresses')).toBe('127.0.0.1')
  expect(await ask(first.url, 'SHOW fsync')).toBe('on')
  await expect(ask(first.url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow('password authentication')
  expect(statSync(join(folder, 'postgres.password')).mode & 0o777).toBe(0o600)
  await first.stop()
  const second = await startEmbedded(folder)
  expect(second.url).toBe(first.url)
  await second.stop()
})

test('two servers do not share a data folder', async () => {
  const code = `import { startEmbedded } from ${JSON.stringify(fileURLToPath(new URL('./index.ts', import.meta.url)))}
    await startEmbedded(${JSON.stringify(folder)}); console.log('up'); process.stdin.resume()`
  const other = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(other.stdout, 'data')
  await expect(startEmbedded(folder)).rejects.toThrow(`(process ${other.pid}) uses ${folder}`)

  const left = readPostmaster(join(folder, 'postgres'))
  other.kill('SIGKILL')
  await once(other, 'exit')
  expect(isPostmaster(left?.pid ?? 0, join(folder, 'postgres'))).toBe(true)

  // After a kill -9 of the server its database lives on; the next start stops it and has the folder to itself.
  const lines: string[] = []
  const next = await startEmbedded(folder, line => lines.push(line))
  expect(lines).toEqual([expect.stringContaining(`process ${left?.pid}`)])
  expect(isPostmaster(left?.pid ?? 0, join(folder, 'postgres'))).toBe(false)
  await next.stop()
})

test('a database that is killed comes back on the same port with what it had committed', async () => {
  const embedded = await startEmbedded(folder)
  await ask(embedded.url, 'CREATE TABLE kept AS SELECT 7 AS n')
  const killed = embedded.pid()
  process.kill(killed, 'SIGKILL')
  expect(await eventually(() => ask(embedded.url, 'SELECT n FROM kept'))).toBe(7)
  expect(embedded.pid()).not.toBe(killed)
  await embedded.stop()
  expect(isPostmaster(embedded.pid(), join(folder, 'postgres'))).toBe(false)
})
