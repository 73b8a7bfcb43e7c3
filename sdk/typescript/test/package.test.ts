import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'trackside-package-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a project that installs the package from a clone imports it and has its command line', () => {
  const say = (file: string, ...args: string[]) => execFileSync(file, args, { cwd: folder, encoding: 'utf8' })
  writeFileSync(join(folder, 'package.json'), '{}')
  say('npm', 'install', '--offline', '--no-audit', '--no-fund', join(import.meta.dirname, '..'))
  writeFileSync(
    join(folder, 'train.mjs'),
    "import * as trackside from 'trackside'\nconsole.log(typeof trackside.init)\n",
  )
  expect(say(process.execPath, 'train.mjs').trim()).toBe('function')
  expect(say('npx', '--no-install', 'trackside', '--help')).toContain('sync')
}, 60_000)
