import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { plainEnvironment, type Runner } from './runner.ts'

/** Makes the cluster where there is none. */
export function initialise(runner: Runner, password: string): void {
  if (existsSync(join(runner.data, 'PG_VERSION'))) return
  rmSync(runner.data, { recursive: true, force: true }) // what an initdb that was cut short left
  const passwordFile = `${runner.data}.initdb`
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  runner.own(passwordFile)
  const [file, args, options] = runner.command(runner.binaries.initdb, [
    `--pgdata=${runner.data}`,
    `--pwfile=${passwordFile}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  ])
  const made = spawnSync(file, args, { ...options, encoding: 'utf8', stdio: 'pipe', env: plainEnvironment() })
  rmSync(passwordFile, { force: true })
  if (made.status === 0) return
  rmSync(runner.data, { recursive: true, force: true })
  const reason = made.error?.message ?? `${made.stdout}${made.stderr}`
  throw new Error(
    `The database could not be made in ${runner.data}:\n${reason}\nIs the folder writable, is the disk full?`,
  )
}
