// Packages, database client and pages: made when they are missing or older than their sources, under one lock, so that
// several servers can be started in one clone at once. Plain JavaScript for Node 20.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { prismaGenerate } from './prisma-generate.mjs'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Makes what a command needs (`client`: packages and database client; `pages`: the built pages too). Returns a Node. */
export async function setUp(needs) {
  const release = await lock(join(root, '.setup.lock'))
  try {
    if (!packagesAreRight()) timed('Packages are installed', installPackages)
    const node = chooseNode()
    prismaGenerate(node)
    if (needs === 'pages' && !pagesAreRight()) timed('The pages are built', () => buildPages(node))
    return node
  } finally {
    release()
  }
}

function timed(done, work) {
  const begun = Date.now()
  work()
  console.error(`${done} (${Math.round((Date.now() - begun) / 1000)} s).`)
}

/** Types are stripped without a flag from 22.18 on. */
function chooseNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  const own = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(own)) return own
  throw new Error(
    `Trackside needs Node 22.18 or newer; this is ${process.version}, and npm has no Node for ${process.platform} ${process.arch}.\n` +
      'Install Node 24 from https://nodejs.org and start again.',
  )
}

/** Compares the lockfile with npm's own record of what lies in node_modules. */
function packagesAreRight() {
  const record = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const present = JSON.parse(readFileSync(record, 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === '' || present[path]?.version === version || (!present[path] && (optional || peer)),
  )
}

function installPackages() {
  console.error('First start: installing packages, then building the pages. Usually 2 to 4 minutes on two cores…')
  const npm = process.env.npm_execpath
  const words = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const [file, args] = npm ? [process.execPath, [npm, ...words]] : ['npm', words]
  const { status, error } = spawnSync(file, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !npm && process.platform === 'win32',
  })
  if (status !== 0)
    throw new Error(`npm ci failed${error ? `: ${error.message}` : ''}. Is the package registry reachable (npm ping)?`)
}

const pageSources = ['app', 'ui', 'series', 'protocol', 'server', 'public', 'prisma/schema.prisma']
const pageSettings = ['next.config.js', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json']

const stampFile = join(root, '.next/.stamp')
const pagesStamp = () => digest([...pageSources, ...pageSettings])
const pagesAreRight = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === pagesStamp()

function buildPages(node) {
  const stamp = pagesStamp()
  console.error('Building the pages (when their sources have changed; usually 20 to 60 seconds)…')
  const built = spawnSync(node, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  if (built.status !== 0) throw new Error(`next build failed:\n${built.stdout}${built.stderr}`)
  writeFileSync(stampFile, stamp)
}

function digest(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesBelow).filter(path => !/[.]test[.]tsx?$/.test(path)))
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0')
  return hash.digest('hex')
}

function filesBelow(path) {
  if (!existsSync(join(root, path))) return []
  if (/[.][a-z]+$/.test(path)) return [path]
  const entries = readdirSync(join(root, path), { withFileTypes: true })
  return entries
    .flatMap(entry => (entry.isDirectory() ? filesBelow(`${path}/${entry.name}`) : `${path}/${entry.name}`))
    .sort()
}

/** One at a time across processes; a lock whose holder has died is taken over. */
export async function lock(folder) {
  for (let said = false; ; ) {
    try {
      mkdirSync(folder)
      writeFileSync(join(folder, 'pid'), String(process.pid))
      return () => rmSync(folder, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const holder = holderOf(folder)
    if (holder === undefined ? agedMs(folder) > 5_000 : !lives(holder)) {
      rmSync(folder, { recursive: true, force: true })
      continue
    }
    if (!said) console.error(`Waiting for another start in this folder${holder ? ` (process ${holder})` : ''}…`)
    said = true
    await pause(200)
  }
}

function holderOf(folder) {
  const pid = existsSync(join(folder, 'pid')) ? Number(readFileSync(join(folder, 'pid'), 'utf8')) : 0
  return pid || undefined
}

const agedMs = path => (existsSync(path) ? Date.now() - statSync(path).mtimeMs : 0)

function lives(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
