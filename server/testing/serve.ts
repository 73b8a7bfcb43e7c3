// Starts a real server for tests in other languages: prints one line of JSON about it, and stops when stdin closes.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings } from '../settings.ts'
import { startServer } from '../start-server.ts'

const pages = process.argv.includes('--pages') ? 'built' : 'none'
const kept = process.env.TRACKSIDE_DATA_DIR
const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'trackside-serve-'))
const init = {
  TRACKSIDE_INIT_EMAIL: 'owner@example.com',
  TRACKSIDE_INIT_PASSWORD: randomBytes(12).toString('base64url'),
  TRACKSIDE_INIT_WORKSPACE: 'acme',
  TRACKSIDE_INIT_API_KEY: `tsk-${randomBytes(32).toString('hex')}`,
}

const settings = readSettings({
  PORT: '0',
  TRACKSIDE_LOG_LEVEL: 'warn',
  ...init,
  ...process.env,
  TRACKSIDE_DATA_DIR: dataDir,
})
const running = await startServer(settings, { pages })
console.log(
  JSON.stringify({
    url: running.url,
    workspace: settings.TRACKSIDE_INIT_WORKSPACE,
    email: settings.TRACKSIDE_INIT_EMAIL,
    password: settings.TRACKSIDE_INIT_PASSWORD,
    key: settings.TRACKSIDE_INIT_API_KEY,
    pid: process.pid,
  }),
)

let leaving = false
async function leave() {
  if (leaving) return
  leaving = true
  await running.stop()
  if (!kept) rmSync(dataDir, { recursive: true, force: true })
  process.exit(0)
}
process.stdin.resume().on('end', leave).on('close', leave)
process.on('SIGTERM', leave).on('SIGINT', leave)
