import { type SpawnOptions, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { type Binaries, findBinaries } from './binaries.ts'

/** How to run PostgreSQL here: it refuses to run as root. */
export interface Runner {
  binaries: Binaries
  /** Where the cluster lives. */
  data: string
  /** The command that runs `file` with `args`. */
  command(file: string, args: string[]): [file: string, args: string[], options: SpawnOptions]
  /** Gives a file to the user that PostgreSQL runs as. */
  own(path: string): void
}

const asRoot = ['--user', '--map-user=1000', '--map-group=1000', '--']

export function chooseRunner(dataDir: string, say: (line: string) => void): Runner {
  const binaries = findBinaries()
  const data = join(dataDir, 'postgres')
  if (process.getuid?.() !== 0) return { binaries, data, command: (file, args) => [file, args, {}], own: () => {} }
  if (spawnSync('unshare', [...asRoot, binaries.postgres, '--version'], { stdio: 'ignore' }).status === 0)
    return { binaries, data, command: (file, args) => ['unshare', [...asRoot, file, ...args], {}], own: () => {} }
  return asAnotherUser(dataDir, binaries, say)
}

/** Where user namespaces are refused: another user, who may reach neither the clone nor the data folder. */
function asAnotherUser(dataDir: string, binaries: Binaries, say: (line: string) => void): Runner {
  const user = ['postgres', 'nobody'].map(lookUp).find(found => found !== undefined)
  if (!user)
    throw new Error(
      'PostgreSQL refuses to run as root, and there is no user postgres or nobody. Start Trackside as an ordinary user.',
    )
  if (existsSync(join(dataDir, 'postgres/PG_VERSION')))
    throw new Error(
      `The database in ${dataDir} was made as root within a user namespace, and this system refuses those now. ` +
        'Allow them, start Trackside as the ordinary user who owns the folder, or choose another: --data.',
    )
  const home = join('/var/lib/trackside', createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
  const data = join(home, 'postgres')
  const folder = join(home, 'pgsql')
  if (!existsSync(folder)) {
    mkdirSync(home, { recursive: true, mode: 0o755 })
    const half = `${folder}.${process.pid}`
    cpSync(binaries.folder, half, { recursive: true, verbatimSymlinks: true })
    renameSync(half, folder)
  }
  chownSync(home, user.uid, user.gid)
  say(`PostgreSQL runs as ${user.name}; its data is in ${data}`)
  const moved = (file: string) => file.replace(binaries.folder, folder)
  return {
    binaries: { folder, initdb: moved(binaries.initdb), postgres: moved(binaries.postgres) },
    data,
    command: (file, args) => [file, args, { uid: user.uid, gid: user.gid, cwd: home }],
    own: path => chownSync(path, user.uid, user.gid),
  }
}

function lookUp(name: string): { name: string; uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(entry => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined || gid === undefined ? undefined : { name, uid: Number(uid), gid: Number(gid) }
}

/** The environment without PG* variables of the user's shell, which would reach the server, and with plain messages. */
export function plainEnvironment() {
  const environment = { ...process.env, LC_ALL: 'C' }
  for (const name of Object.keys(environment).filter(name => /^PG/.test(name)))
    Reflect.deleteProperty(environment, name)
  return environment
}
