import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startProcess } from '../server/testing/server-process.ts'
import { root } from './set-up.mjs'
import { listedFiles } from './verify/tree.ts'

const nobody = 65_534
const isRoot = process.getuid?.() === 0

/** This tree in a folder of mode 700 that belongs to `owner`; packages and pages are taken along, not made again. */
function closedClone(owner?: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'trackside-clone-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const clone = join(folder, 'closed/clone')
  for (const path of listedFiles()) {
    mkdirSync(dirname(join(clone, path)), { recursive: true })
    cpSync(join(root, path), join(clone, path))
  }
  for (const path of ['prisma/generated', '.next']) cpSync(join(root, path), join(clone, path), { recursive: true })
  takePackages(join(clone, 'node_modules'), owner)
  if (owner !== undefined) {
    chmodSync(folder, 0o755)
    execFileSync('chown', ['-R', `${owner}:${owner}`, join(folder, 'closed')])
  }
  chmodSync(join(folder, 'closed'), 0o700)
  return clone
}

/** Hard links where they stay ours, a link where the owner can follow it, else a copy. */
function takePackages(to: string, owner?: number) {
  const from = join(root, 'node_modules')
  const follows = () => spawnSync('ls', [from], { uid: owner, stdio: 'ignore' }).status === 0
  if (owner === undefined && spawnSync('cp', ['-al', from, to]).status === 0) return
  if (owner !== undefined && follows()) symlinkSync(from, to)
  else cpSync(from, to, { recursive: true, verbatimSymlinks: true })
}

async function serves(clone: string, uid?: number) {
  const node = existsSync(join(clone, 'node_modules/.bin/node'))
    ? join(clone, 'node_modules/.bin/node')
    : process.execPath
  const server = startProcess(join(clone, '.trackside'), {}, { clone, node, ...(uid !== undefined && { uid }) })
  const url = await server.url
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  expect((await fetch(`${url}/login`)).status).toBe(200)
  server.child.kill('SIGTERM')
  expect(await server.exit).toBe(0)
}

test('a clone under a folder of mode 700 serves its owner', () => serves(closedClone()), 180_000)

test.runIf(isRoot)(
  'an ordinary user serves from such a clone too (root, who runs this test, becomes nobody)',
  () => serves(closedClone(nobody), nobody),
  180_000,
)
