import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isPostmaster, readPostmaster } from './leftover.ts'
import { chooseRunner } from './runner.ts'

/** Address of the database that a running server keeps on this data folder, as its superuser; undefined when none runs. */
export function runningEmbedded(dataDir: string): string | undefined {
  const [passwordFile, portFile] = [join(dataDir, 'postgres.password'), join(dataDir, 'postgres.port')]
  if (!existsSync(passwordFile) || !existsSync(portFile)) return undefined
  const { data } = chooseRunner(dataDir, () => {})
  const postmaster = readPostmaster(data)
  if (!postmaster?.ready || !isPostmaster(postmaster.pid, data)) return undefined
  const [password, port] = [passwordFile, portFile].map(file => readFileSync(file, 'utf8').trim())
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`
}
