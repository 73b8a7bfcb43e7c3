import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface DemoOwner {
  email: string
  password: string
  workspace: string
  key: string
}

/** Who the demo signs in as: named by TRACKSIDE_INIT_*, else made at the first start and kept for the next. */
export function demoOwner(dataDir: string, environment: NodeJS.ProcessEnv): DemoOwner {
  const file = join(dataDir, 'demo.json')
  const kept: Partial<DemoOwner> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const owner: DemoOwner = {
    email: environment.TRACKSIDE_INIT_EMAIL ?? kept.email ?? 'demo@example.com',
    password: environment.TRACKSIDE_INIT_PASSWORD ?? kept.password ?? randomBytes(9).toString('base64url'),
    workspace: environment.TRACKSIDE_INIT_WORKSPACE ?? kept.workspace ?? 'demo',
    key: environment.TRACKSIDE_INIT_API_KEY ?? kept.key ?? `tsk-${randomBytes(32).toString('hex')}`,
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  writeFileSync(file, `${JSON.stringify(owner, null, 2)}\n`, { mode: 0o600 })
  return owner
}
