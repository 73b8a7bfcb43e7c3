import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isPostmaster, readPostmaster } from './store/embedded/leftover.ts'
import { dataFolder, startProcess } from './testing/server-process.ts'

const status = (url: string, path: string) => fetch(url + path).then(response => response.status)
const postmaster = (dataDir: string) => readPostmaster(join(dataDir, 'postgres'))?.pid ?? 0
const runs = (dataDir: string, pid: number) => isPostmaster(pid, join(dataDir, 'postgres'))

const owner = {
  TRACKSIDE_INIT_EMAIL: 'owner@example.com',
  TRACKSIDE_INIT_PASSWORD: 'a long password',
  TRACKSIDE_INIT_WORKSPACE: 'acme',
  TRACKSIDE_INIT_API_KEY: `tsk-${'0123456789'.repeat(5)}`,
}

async function keyWorks(url: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${owner.TRACKSIDE_INIT_API_KEY}` }
  // The project is not there: its owner's key is told so, a stranger's is refused.
  return (await fetch(`${url}/api/v1/acme/none/runs`, { headers })).status === 404
}

test('two servers of one clone run side by side', async () => {
  const servers = [startProcess(dataFolder()), startProcess(dataFolder())]
  const urls = await Promise.all(servers.map(server => server.url))
  expect(new Set(urls).size).toBe(2)
  for (const url of urls) {
    expect(await status(url, '/readyz')).toBe(200)
    expect(await status(url, '/login')).toBe(200)
  }
}, 180_000)

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s takes no more frames, drains, closes, and stops the database last',
  async signal => {
    const dataDir = dataFolder()
    const server = startProcess(dataDir)
    await server.url
    const database = postmaster(dataDir)
    server.child.kill(signal)
    expect(await server.exit).toBe(0)
    const stopped = server.lines.flatMap(({ stopped }) => stopped ?? [])
    expect(stopped).toEqual(['doors', 'jobs', 'connections', 'house', 'database'])
    expect(runs(dataDir, database)).toBe(false)
  },
  60_000,
)

test('a peer that never ends its socket holds the server for seconds only', async () => {
  const server = startProcess(dataFolder())
  const { hostname, port } = new URL(await server.url)
  const peer = connect(Number(port), hostname)
  onTestFinished(() => void peer.destroy())
  peer.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'A'.repeat(22)}==\r\n\r\n`,
  )
  expect(String((await once(peer, 'data'))[0])).toContain('101 Switching Protocols')
  const begun = performance.now()
  server.child.kill('SIGTERM')
  expect(await server.exit).toBe(0)
  expect(performance.now() - begun).toBeLessThan(20_000) // the WebSocket library alone waits for 30 s
}, 60_000)

test('a signal during the start ends it without leaving a database behind', async () => {
  const dataDir = dataFolder()
  const server = startProcess(dataDir)
  await expect.poll(() => postmaster(dataDir), { timeout: 20_000, interval: 5 }).toBeGreaterThan(0)
  const database = postmaster(dataDir)
  server.child.kill('SIGINT')
  expect(await server.exit).toBe(0)
  expect(runs(dataDir, database)).toBe(false)
}, 180_000)

test('after kill -9 the next start takes over the folder with all that was in it', async () => {
  const dataDir = dataFolder()
  const first = startProcess(dataDir, owner)
  expect(await keyWorks(await first.url)).toBe(true)
  const left = postmaster(dataDir)
  first.child.kill('SIGKILL')
  await first.exit
  expect(runs(dataDir, left)).toBe(true)

  const second = startProcess(dataDir)
  expect(await keyWorks(await second.url)).toBe(true)
  expect(runs(dataDir, left)).toBe(false)
}, 180_000)

test('faults of the settings are told at once, with exit code 1 and no database', async () => {
  const dataDir = dataFolder()
  const server = startProcess(dataDir, { PORT: 'many', TRACKSIDE_SECRET: 'short' })
  await expect(server.url).rejects.toThrow(/PORT: [\s\S]*TRACKSIDE_SECRET: /)
  expect(await server.exit).toBe(1)
  expect(postmaster(dataDir)).toBe(0)
})

test('a port that is taken is named, and everything that was started is stopped', async () => {
  const first = startProcess(dataFolder())
  const { port } = new URL(await first.url)
  const dataDir = dataFolder()
  const second = startProcess(dataDir, { PORT: port })
  await expect(second.url).rejects.toThrow(`Port ${port} is taken`)
  expect(await second.exit).toBe(1)
  expect(runs(dataDir, postmaster(dataDir))).toBe(false)
}, 180_000)
